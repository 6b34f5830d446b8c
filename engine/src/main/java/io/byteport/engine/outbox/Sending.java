package io.byteport.engine.outbox;

import io.byteport.engine.run.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a notice on one channel, as people see it.
 *
 * @param id of the store's
 * @param channel the channel's name; of an unheard one the kind that the notice names
 * @param event {@code resolved}, {@code escalated}, ...
 * @param dueAt when it is tried next; null where it is not
 * @param endedAt when it was sent or given up; null for not yet
 * @param error what the other side said last; null where nothing went wrong
 */
public record Sending(
    long id,
    RunId run,
    String channel,
    String event,
    String title,
    State state,
    Instant putAt,
    int attempts,
    @Nullable Instant dueAt,
    @Nullable Instant endedAt,
    @Nullable String error) {

  /** How far it has come. */
  public enum State {
    /** It is sent soon, or tried again. */
    WAITING,
    SENT,
    /** It was given up, and is sent only if somebody asks for it. */
    DEAD,
    /** No channel is of the kind that the notice names. */
    UNHEARD,
    /** The same was said a short time ago. */
    REPEATED
  }
}
