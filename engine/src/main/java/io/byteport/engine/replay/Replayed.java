package io.byteport.engine.replay;

import io.byteport.engine.run.RunId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of playing a recorded run again.
 *
 * @param transitions how many were the same, reads not counted
 * @param parting where the two part; null where they do not
 * @param missing reads that are wanted now and of which the recording knows nothing
 */
public record Replayed(
    RunId run,
    String runbook,
    int transitions,
    @Nullable Parting parting,
    List<MissingRead> missing) {
  public Replayed {
    missing = List.copyOf(missing);
  }

  public boolean isSame() {
    return parting == null;
  }

  /**
   * A read without a recorded answer; what it reads is unavailable.
   *
   * @param read a fact, one of its items, or a step
   * @param reason why there is no answer
   */
  public record MissingRead(String read, String action, String reason) {}
}
