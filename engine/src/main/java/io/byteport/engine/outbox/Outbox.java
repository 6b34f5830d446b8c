package io.byteport.engine.outbox;

import io.byteport.engine.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Messages that are to be sent, durably, one for each notice and channel. Of the messages about one
 * incident a channel gets one after the other: a later one cannot be claimed before the earlier one
 * was sent or given up. Safe for several threads and, where the database is shared, several
 * processes. Every method does I/O and throws {@link io.byteport.engine.journal.StoreException}
 * when the store cannot be used; then nothing of that call was written.
 */
public interface Outbox {

  /**
   * Puts notices, in one transaction with the note that they are said and with what is done with by
   * that. A notice that says what was said within its dedup time is not sent again. What was put
   * before under the same name is left as it is.
   */
  void put(List<Outgoing> notices, Closes closes, Instant now);

  /**
   * Calls somebody after each {@link #put} of this process, with the channels that got something.
   */
  void onPut(Consumer<Set<String>> listener);

  /**
   * Claims messages of a channel that are due, oldest first, one of each incident at most.
   *
   * @param most how many at most
   */
  List<Claimed> claim(String channel, int most, Instant now);

  /** When the next message of a channel that nobody has claimed is due; empty for never. */
  Optional<Instant> nextDue(String channel);

  /** Whether this process may still rely on its claims. Asked right before each attempt. */
  boolean holdsClaims();

  /** How often to look for what other processes left; zero where there are none. */
  Duration lookEvery();

  /**
   * A message was sent.
   *
   * @return false where another process has claimed it since
   */
  boolean sent(Claimed message, Instant now);

  /**
   * A message was not taken, and is tried again.
   *
   * @param error without secrets
   * @return false where another process has claimed it since
   */
  boolean later(Claimed message, Instant due, String error, Instant now);

  /**
   * A message is given up: later ones need not wait for it, and where nobody has heard the notice,
   * the next that says the same is sent.
   *
   * @param error without secrets
   * @return false where another process has claimed it since
   */
  boolean dead(Claimed message, String error, Instant now);

  /** Gives a message back that was not tried. */
  void release(Claimed message);

  /**
   * Gives up what waits for channels that nobody has any more.
   *
   * @param channels those that there are
   * @param before what was put earlier than this
   * @return when the oldest was put that waits for such a channel still; empty where nothing does
   */
  Optional<Instant> abandon(Set<String> channels, Instant before, Instant now);

  /** How a channel is doing. */
  ChannelLoad load(String channel);

  /** What was given up, newest first, at most {@code limit}. */
  List<Sending> dead(int limit);

  /** What became of what a run had to say, in the order in which it was put. */
  List<Sending> of(RunId run);

  /** The alerts that a run is about; empty where it began without any. */
  List<Raised> raised(RunId run);

  /**
   * Tries a message once more that was given up, as if it were new. Later ones about its incident
   * that are on their way do not wait for it.
   *
   * @return false where there is none of this id that was given up
   */
  boolean retry(long id, Instant now);
}
