package io.byteport.engine.guardrail;

import io.byteport.engine.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger says about one claim at one moment.
 *
 * @param granted whether it can be had, or was
 * @param used how many units of a limit were in use before this claim, or how many other runs were
 *     changing something in a scope; 0 for a lock
 * @param history when they were used, oldest first; of a scope, when each other run last changed
 *     something within the window
 * @param holder the run that holds a lock that is taken; null otherwise
 * @param freeAt when a limit has room again; null where it has, or for a lock
 */
public record Standing(
    Claim claim,
    boolean granted,
    int used,
    List<Instant> history,
    @Nullable RunId holder,
    @Nullable Instant freeAt) {
  public Standing {
    history = List.copyOf(history);
  }

  /** The same by a clock that shows another time. */
  public Standing shifted(Duration by) {
    return by.isZero()
        ? this
        : new Standing(
            claim,
            granted,
            used,
            history.stream().map(at -> at.plus(by)).toList(),
            holder,
            freeAt == null ? null : freeAt.plus(by));
  }
}
