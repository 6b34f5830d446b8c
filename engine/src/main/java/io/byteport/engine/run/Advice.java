package io.byteport.engine.run;

import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.ValueExpr;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a human should do about the class of a run. */
final class Advice {
  private final RunState state;

  Advice(RunState state) {
    this.state = state;
  }

  /**
   * The author's, of the class; null where there is none. What is advised where no rule fits is not
   * said where nothing could be read: then no rule was judged.
   */
  @Nullable ValueExpr written() {
    Decision decision = state.decision();
    Runbook.Remediation remediation =
        decision == null ? null : state.runbook().runbook().remediate().get(decision.classId());
    boolean blind = decision != null && !decision.known() && new Missing(state).all();
    return remediation == null || blind ? null : remediation.advice();
  }

  /** Where something could not be read, that comes first. */
  List<String> own() {
    Decision decision = state.decision();
    if (decision == null || decision.known() || decision.undecided().isEmpty()) {
      return List.of();
    }
    List<String> advice = new ArrayList<>();
    advice.add("Find out why the facts above could not be read, and then run it again");
    if (decision.suspected() != null) {
      advice.add(
          "`"
              + decision.suspected()
              + "` is suspected: its rule holds, but stands behind one that cannot be decided");
    }
    return List.copyOf(advice);
  }
}
