package io.byteport.dsl.check;

import io.byteport.dsl.action.ActionDescription.Effect;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Runbook.Remediation;
import io.byteport.dsl.model.Runbook.Verify;
import io.byteport.dsl.model.Step;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A class that changes something says how it is known that the change helped, and takes away only
 * expectations that there are.
 */
final class Verification implements Check {

  @Override
  public void check(Subject subject, TypingPass.Typed typed, Findings findings) {
    Runbook runbook = subject.runbook();
    Set<String> general = runbook.verify() == null ? Set.of() : runbook.verify().expect().keySet();
    for (Remediation remediation : runbook.remediate().values()) {
      for (Id removed : remediation.verifyRemoved()) {
        if (!general.contains(removed.name())) {
          findings.unknown(
              DiagnosticCode.SCHEMA_UNKNOWN_FIELD,
              removed,
              "an expectation of `verify` to take away",
              general);
        }
      }
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
            "expected an expectation that proves `"
                + change.get().use().action()
                + "` of `"
                + remediation.classId()
                + "`, found none",
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
