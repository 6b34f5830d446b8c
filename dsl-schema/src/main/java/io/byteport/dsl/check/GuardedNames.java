package io.byteport.dsl.check;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Id;
import java.util.Set;
import java.util.TreeSet;

/** Guardrails guard what exists: steps, groups, classes, and actions of the catalogue. */
final class GuardedNames implements Check {

  @Override
  public void check(Subject subject, TypingPass.Typed typed, Findings findings) {
    for (Guardrail guardrail : subject.runbook().guardrails().values()) {
      Guarded guarded =
          Guarded.of(guardrail, subject.runbook(), subject.tree(), subject.catalogue());
      for (Id id : guarded.unknown()) {
        findings.unknown(
            DiagnosticCode.NAME_UNKNOWN_GUARDED,
            id,
            "a step, a class or an action to guard",
            known(subject, id));
      }
    }
  }

  private static Set<String> known(Subject subject, Id id) {
    Set<String> known = new TreeSet<>();
    if (id.name().contains(".")) {
      subject.catalogue().actions().stream().map(ActionDescription::name).forEach(known::add);
      return known;
    }
    known.addAll(subject.runbook().remediate().keySet());
    subject.tree().all().stream()
        .map(placed -> placed.step().head())
        .filter(head -> head.given())
        .forEach(head -> known.add(head.id().name()));
    return known;
  }
}
