package io.byteport.engine.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What humans were asked about a run's plans, and what they have said. A change is approved where
 * it is one of the steps that somebody was shown; what comes out otherwise is asked for again.
 *
 * @param granted what was approved and found to be still the plan, by guardrail
 * @param asked the plan that is being asked about; null for none
 * @param answered guardrails under which it was approved, before it was looked at again
 * @param changes what is otherwise than when it was approved last
 * @param again how often it was asked again since it had changed
 * @param refused the plan that was not approved; null for none
 */
record Approvals(
    Map<String, List<RunPlan.Step>> granted,
    @Nullable RunPlan asked,
    List<String> answered,
    List<String> changes,
    int again,
    @Nullable RunPlan refused) {
  /** The agent's own demand for an approval. No guardrail of a runbook can have this name. */
  static final String AGENT = "agent-autonomy";

  /** How often a plan that has changed is asked about again. */
  static final int MOST_AGAIN = 3;

  static final Approvals NONE = new Approvals(Map.of(), null, List.of(), List.of(), 0, null);

  Approvals {
    answered = List.copyOf(answered);
    changes = List.copyOf(changes);
  }

  /** Whether a human has approved this under that guardrail. */
  boolean covers(String guardrail, RunPlan.Step step) {
    return granted.getOrDefault(guardrail, List.of()).stream().anyMatch(step::isWithin);
  }

  Approvals asking(RunPlan plan) {
    return new Approvals(granted, plan, answered, changes, again, null);
  }

  Approvals answered(String guardrail) {
    List<String> more = new ArrayList<>(answered);
    more.add(guardrail);
    return new Approvals(granted, asked, more, changes, again, null);
  }

  /** It is still the plan that was approved. Whoever approved it has satisfied the agent, too. */
  Approvals confirmed(RunPlan plan) {
    Map<String, List<RunPlan.Step>> more = new LinkedHashMap<>(granted);
    List<String> by = new ArrayList<>(answered);
    by.add(AGENT);
    for (String guardrail : by) {
      List<RunPlan.Step> steps = new ArrayList<>(more.getOrDefault(guardrail, List.of()));
      steps.addAll(plan.steps());
      more.put(guardrail, List.copyOf(steps));
    }
    return new Approvals(Collections.unmodifiableMap(more), null, List.of(), List.of(), 0, null);
  }

  /** It is another plan than the one that was approved. */
  Approvals drifted(List<String> what) {
    return new Approvals(granted, null, List.of(), what, again + 1, null);
  }

  /** A human said no to it, or nothing. */
  Approvals declined() {
    return new Approvals(granted, null, List.of(), List.of(), again, asked);
  }

  /** Nothing is asked any more. */
  Approvals settled() {
    return new Approvals(granted, null, List.of(), List.of(), 0, null);
  }
}
