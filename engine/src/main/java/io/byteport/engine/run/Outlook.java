package io.byteport.engine.run;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would follow the steps of a run, as far as that can be said before they are made.
 *
 * @param approvals whom the run would ask before it changes anything, in the order of the file
 * @param verification null where nothing is verified
 * @param rollback null where there is none
 * @param escalation what people would be told if a step failed or the verification did
 */
public record Outlook(
    List<Approval> approvals,
    @Nullable Verification verification,
    @Nullable Rollback rollback,
    List<RunReport.Notification> escalation) {
  public Outlook {
    approvals = List.copyOf(approvals);
    escalation = List.copyOf(escalation);
  }

  /**
   * @param step the step that waits for it; null for the whole class
   * @param unless what makes it needless; null where it is always needed
   */
  public record Approval(
      String guardrail,
      @Nullable String step,
      String question,
      Duration within,
      @Nullable Term unless) {}

  /**
   * @param expectations with what they come to now, before anything is done
   * @param at offsets at which is looked, the first at which all hold passes; empty where {@code
   *     within} counts
   */
  public record Verification(
      List<Expectation> expectations,
      Duration after,
      Duration within,
      Duration every,
      Duration sustained,
      List<Duration> at) {
    public Verification {
      expectations = List.copyOf(expectations);
      at = List.copyOf(at);
    }
  }

  public record Expectation(String id, Term term) {}

  /**
   * @param when its condition as it is now; null where it always runs
   * @param steps ids with what they use
   */
  public record Rollback(@Nullable Term when, List<String> steps) {
    public Rollback {
      steps = List.copyOf(steps);
    }
  }
}
