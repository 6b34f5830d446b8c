package io.byteport.cli;

import io.byteport.engine.run.RunPlan;
import java.util.ArrayList;
import java.util.List;

/** A plan as a person reads it before they approve it. */
final class PlanText {
  private PlanText() {}

  /**
   * @param changes what is otherwise than when it was approved before
   */
  static List<String> lines(RunPlan plan, List<String> changes) {
    List<String> lines = new ArrayList<>();
    lines.add("plan      " + plan.hash());
    lines.add("autonomy  " + plan.autonomy().word());
    changes.forEach(change -> lines.add("changed   " + change));
    for (RunPlan.Step step : plan.steps()) {
      lines.add("  $ " + step.command() + (step.complete() ? "" : "   (not all is known yet)"));
    }
    if (plan.then() != null) {
      lines.add("then      " + plan.then());
    }
    return List.copyOf(lines);
  }
}
