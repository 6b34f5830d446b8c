package io.byteport.dsl.check;

import io.byteport.dsl.action.ActionDescription.Effect;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Runbook.Remediation;
import io.byteport.dsl.model.Runbook.Verify;
import io.byteport.dsl.model.Step;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A class that changes something says how it is known that the change helped. */
final class Verification implements Check {

  @Override
  public void check(Subject subject, TypingPass.Typed typed, Findings findings) {
    Runbook runbook = subject.runbook();
    for (Remediation remediation : runbook.remediate().values()) {
      Optional<Step.Act> change =
          subject.tree().reached(remediation).stream()
              .filter(Step.Act.class::isInstance)
              .map(Step.Act.class::cast)
              .filter(act -> Guarded.effect(act, subject.catalogue()) == Effect.CHANGE)
              .findFirst();
      if (change.isPresent() && expectations(runbook.verify(), remediation).isEmpty()) {
        findings.missing(
            DiagnosticCode.FLOW_NO_VERIFICATION,
            remediation.classId().span(),
            runbook.span(),
            "expected an expectation that proves `" + change.get().use().action() + "` of `" + remediation.classId() + "`, found none",
            "add `verify` with at least one entry under `expect`");
      }
    }
  }

  private static Set<String> expectations(@Nullable Verify general, Remediation remediation) {
    Set<String> expectations = new HashSet<>();
    if (general != null) {
      expectations.addAll(general.expect().keySet());
    }
    if (remediation.verify() != null) {
      expectations.addAll(remediation.verify().expect().keySet());
    }
    remediation.verifyRemoved().forEach(id -> expectations.remove(id.name()));
    return expectations;
  }
}
