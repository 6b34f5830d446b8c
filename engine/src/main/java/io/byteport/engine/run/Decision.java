package io.byteport.engine.run;

import io.byteport.engine.eval.Cause;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one pass over the classification's rules decided.
 *
 * @param classId {@link #UNKNOWN} where no rule holds or one could not be decided
 * @param because why, in the rule's words; empty where no rule holds
 * @param suspected a class whose rule would hold but stands behind one that could not be decided;
 *     null for none
 * @param undecided what made the search stop; empty where it did not
 * @param judged every rule that was looked at, in order
 */
record Decision(
    String classId,
    double confidence,
    String severity,
    String because,
    @Nullable String suspected,
    List<Cause> undecided,
    List<Note.RuleJudged> judged) {
  /** The class of an incident that no rule explains. */
  static final String UNKNOWN = "unknown";

  Decision {
    undecided = List.copyOf(undecided);
    judged = List.copyOf(judged);
  }

  boolean known() {
    return !classId.equals(UNKNOWN);
  }
}
