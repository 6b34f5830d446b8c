package io.byteport.dsl.check;

import io.byteport.dsl.action.ActionDescription.Effect;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Runbook.Remediation;
import io.byteport.dsl.model.Step;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a class changes is counted: a limit guards each change, or a human is asked each time, or it
 * is forbidden and only planned. Rollbacks are not blocked by limits, so they need none.
 */
final class UncountedChanges implements ReasonedCheck {

  @Override
  public void check(Reasoning reasoning, Findings findings) {
    Subject subject = reasoning.subject();
    Set<Step.Act> bounded = new LinkedHashSet<>();
    for (Guardrail guardrail : subject.runbook().guardrails().values()) {
      if (bounds(guardrail)) {
        Guarded guarded =
            Guarded.of(guardrail, subject.runbook(), subject.tree(), subject.catalogue());
        if (!guarded.unknown().isEmpty()) {
          return; // what it should guard is misspelt
        }
        bounded.addAll(guarded.steps());
      }
    }
    Set<Step.Act> told = new LinkedHashSet<>();
    for (Remediation remediation : subject.runbook().remediate().values()) {
      for (Step step : subject.tree().reached(remediation)) {
        if (step instanceof Step.Act act
            && Guarded.effect(act, subject.catalogue()) == Effect.CHANGE
            && !bounded.contains(act)
            && told.add(act)) {
          findings.add(
              DiagnosticCode.FLOW_UNCOUNTED_CHANGE,
              act.use().action().span(),
              "expected a `limit` that counts `" + act.use().action() + "`, found none",
              "add a guardrail with `limit` and `every` for this step or for all changes; without"
                  + " one it is done again as often as the signal comes");
        }
      }
    }
  }

  private static boolean bounds(Guardrail guardrail) {
    return switch (guardrail.rule()) {
      case Guardrail.Limit limit -> true;
      case Guardrail.Approve approve -> approve.unless() == null;
      case Guardrail.Forbid forbid -> forbid.rules().isEmpty();
      case Guardrail.Skip skip -> false;
      case Guardrail.Require require -> false;
      case Guardrail.Lock lock -> false;
      case Guardrail.Protect protect -> false;
    };
  }
}
