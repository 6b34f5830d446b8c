package io.byteport.engine.run;

import io.byteport.engine.eval.Cause;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run ends, and what is still done on the way.
 *
 * @param reason one sentence for people
 * @param stoppedBy the guardrail that refused; null where none did
 * @param undecided what could not be decided; empty where that is not the reason
 * @param rollBack whether what was changed is taken back first
 * @param verifyOnce whether it is looked once, for the record, what the changes have done
 * @param handOff the signal for another runbook; null for none
 */
record Ending(
    RunResult result,
    String reason,
    @Nullable String stoppedBy,
    List<Cause> undecided,
    boolean rollBack,
    boolean verifyOnce,
    RunReport.@Nullable HandOff handOff) {

  Ending {
    undecided = List.copyOf(undecided);
  }

  static Ending of(RunResult result, String reason) {
    return new Ending(result, reason, null, List.of(), false, false, null);
  }

  /** A human is called, after what was changed has been taken back. */
  static Ending bad(String reason, List<Cause> undecided) {
    return new Ending(RunResult.ESCALATED, reason, null, undecided, true, false, null);
  }

  /** A guardrail said no. */
  static Ending refused(RunResult result, String by, String reason, List<Cause> undecided) {
    return new Ending(result, reason, by, undecided, true, false, null);
  }

  Ending onlyVerified() {
    return new Ending(result, reason, stoppedBy, undecided, false, true, handOff);
  }

  Ending because(String words) {
    return new Ending(result, words, stoppedBy, undecided, rollBack, verifyOnce, handOff);
  }
}
