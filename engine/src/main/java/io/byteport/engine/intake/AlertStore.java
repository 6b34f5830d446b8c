package io.byteport.engine.intake;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * Alerts on disk. Safe for several threads and processes. Every method does I/O and throws {@link
 * io.byteport.engine.journal.StoreException} where the store cannot be used; then nothing of that
 * call was written.
 */
public interface AlertStore {

  /** Whether other processes may take alerts of the same sources. */
  boolean isShared();

  /**
   * Does something to alerts of some sources, which nobody else touches meanwhile. On disk when it
   * returns.
   *
   * @param work may be done more than once, so it must not change anything else
   */
  <T> T change(Collection<String> sources, Function<AlertWrites, T> work);

  /** As {@link AlertWrites#version}, without holding the source; -1 where it is not known. */
  long version(String source);

  /** Adds up what was counted. On disk with what is written next. */
  void count(List<Repeats> repeats);

  /** Episodes, newest first. */
  List<Episode> latest(int limit);

  /** What fires, newest first. */
  List<Episode> firing(int limit);

  /**
   * Forgets episodes that have ended and of which nothing is due. The last one of an alert goes as
   * well; when it fires again, it counts from the beginning.
   *
   * @param before what ended earlier than this
   * @param most how many at most
   * @return how many were forgotten
   */
  int forget(Instant before, int most);

  /**
   * @param more how often it was heard since that was written down last
   */
  record Repeats(EpisodeId id, long more, Instant heardAt) {}
}
