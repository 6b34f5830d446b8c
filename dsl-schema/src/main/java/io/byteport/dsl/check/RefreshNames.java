package io.byteport.dsl.check;

import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.Runbook.Remediation;
import java.util.List;
import java.util.Set;

/** What is read again are facts. */
final class RefreshNames implements Check {

  @Override
  public void check(Subject subject, TypingPass.Typed typed, Findings findings) {
    Set<String> facts = subject.facts().keySet();
    for (Remediation remediation : subject.runbook().remediate().values()) {
      known(remediation.refresh(), facts, findings);
    }
    for (StepTree.Placed placed : subject.tree().all()) {
      known(placed.step().head().refresh(), facts, findings);
    }
  }

  private static void known(List<Id> ids, Set<String> facts, Findings findings) {
    for (Id id : ids) {
      if (!facts.contains(id.name())) {
        findings.unknown(DiagnosticCode.NAME_UNKNOWN_FACT, id, "a fact to read again", facts);
      }
    }
  }
}
