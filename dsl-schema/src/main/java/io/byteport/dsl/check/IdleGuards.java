package io.byteport.dsl.check;

import io.byteport.dsl.action.ActionDescription.Effect;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Guardrail.Forbid;
import io.byteport.dsl.model.Guardrail.Require;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.Runbook.Remediation;
import io.byteport.dsl.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a guardrail names can be refused: an action that the runbook uses, a step that acts, a group
 * or class in which something is changed. A requirement is asked on entry too, and forbidding all
 * change where there is none is a promise.
 */
final class IdleGuards implements Check {

  @Override
  public void check(Subject subject, TypingPass.Typed typed, Findings findings) {
    for (Guardrail guardrail : subject.runbook().guardrails().values()) {
      if (!(guardrail.rule() instanceof Forbid)) {
        boolean onEntry = guardrail.rule() instanceof Require;
        for (Id id : guardrail.guards()) {
          idle(id, onEntry, subject).ifPresent(why -> report(guardrail, id, why, findings));
        }
      }
    }
  }

  /** Why nothing of it is ever refused; empty where something is. */
  private static Optional<String> idle(Id id, boolean onEntry, Subject subject) {
    if (subject.catalogue().action(id.name()).isPresent()) {
      return isUsed(id, subject) ? Optional.empty() : Optional.of("which this runbook never uses");
    }
    Optional<Step> step = subject.tree().find(id.name());
    Remediation remediation = subject.runbook().remediate().get(id.name());
    if (step.isPresent()) {
      return canBeRefused(step.get(), onEntry, subject)
          ? Optional.empty()
          : Optional.of("a step that changes nothing");
    }
    return remediation == null || onEntry || changes(all(remediation), subject)
        ? Optional.empty()
        : Optional.of("a class whose steps change nothing");
  }

  private static boolean isUsed(Id action, Subject subject) {
    return subject.declaredFacts().stream()
            .anyMatch(
                fact ->
                    fact instanceof Fact.Read read
                        && read.use().action().name().equals(action.name()))
        || subject.tree().all().stream()
            .anyMatch(
                placed ->
                    placed.step() instanceof Step.Act act
                        && act.use().action().name().equals(action.name()));
  }

  private static boolean canBeRefused(Step step, boolean onEntry, Subject subject) {
    return switch (step) {
      case Step.Act act -> true;
      case Step.Group group -> onEntry || changes(List.of(group), subject);
      case Step.Match match -> onEntry || changes(List.of(match), subject);
      case Step.CallBlock call -> onEntry || changes(List.of(call), subject);
      case Step.Propose propose -> false;
      case Step.Wait wait -> false;
      case Step.Record fields -> false;
      case Step.HandOff handOff -> false;
      case Step.Escalate escalate -> false;
    };
  }

  private static List<Step> all(Remediation remediation) {
    List<Step> steps = new ArrayList<>(remediation.steps());
    steps.addAll(StepTree.instead(remediation.onFailure()));
    if (remediation.verify() != null) {
      steps.addAll(remediation.verify().then());
    }
    if (remediation.rollback() != null) {
      steps.addAll(remediation.rollback().steps());
    }
    return steps;
  }

  private static boolean changes(List<Step> steps, Subject subject) {
    return subject.tree().reached(steps).stream()
        .anyMatch(
            step ->
                step instanceof Step.Act act
                    && (Guarded.effect(act, subject.catalogue()) == Effect.CHANGE
                        || subject.catalogue().action(act.use().action().name()).isEmpty()));
  }

  private static void report(Guardrail guardrail, Id id, String why, Findings findings) {
    findings.add(
        DiagnosticCode.FLOW_GUARDS_NOTHING,
        id.span(),
        "expected something that `" + guardrail.id() + "` could refuse, found `" + id + "`, " + why,
        "name the step that changes something, or leave `guards` out so that all changes are"
            + " guarded");
  }
}
