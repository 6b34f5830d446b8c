package io.byteport.engine.guardrail;

import io.byteport.engine.run.RunId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger says about one claim at one moment.
 *
 * @param granted whether it can be had, or was
 * @param used how many units of a limit were in use before this claim; 0 for a lock
 * @param history when they were used, oldest first
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
}
