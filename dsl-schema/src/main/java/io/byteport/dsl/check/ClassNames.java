package io.byteport.dsl.check;

import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Runbook.Remediation;
import io.byteport.dsl.model.Runbook.Rule;
import io.byteport.dsl.source.Span;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Every class that is acted on or written about is declared, and every class that is declared has
 * an entry.
 */
final class ClassNames implements Check {

  @Override
  public void check(Subject subject, TypingPass.Typed typed, Findings findings) {
    Runbook runbook = subject.runbook();
    Set<String> declared = new HashSet<>(LanguageTypes.classes(runbook).words());
    for (Remediation remediation : runbook.remediate().values()) {
      known(remediation.classId(), declared, runbook.remediate().keySet(), findings);
    }
    for (Remediation remediation : runbook.remediate().values()) {
      if (remediation.steps().isEmpty()
          && remediation.advice() == null
          && !remediation.classId().name().equals(LanguageTypes.UNKNOWN_CLASS)) {
        findings.missing(
            DiagnosticCode.FLOW_CLASS_WITHOUT_REMEDIATION,
            remediation.classId().span(),
            remediation.span(),
            "expected a step or `advice` for `" + remediation.classId() + "`, found neither",
            "where nothing can be done, one step `escalate` says why");
      }
    }
    List<Id> classes = runbook.escalate().commandClasses();
    List<String> named = classes.stream().map(Id::name).toList();
    classes.forEach(id -> known(id, declared, named, findings));
    Set<String> reported = new HashSet<>();
    for (Rule rule : runbook.classify().rules()) {
      String name = rule.classId().name();
      boolean declarable = !name.isEmpty() && !name.equals(LanguageTypes.UNKNOWN_CLASS);
      if (declarable && !runbook.remediate().containsKey(name) && reported.add(name)) {
        findings.missing(
            DiagnosticCode.FLOW_CLASS_WITHOUT_REMEDIATION,
            rule.classId().span(),
            entries(runbook),
            "expected an entry for `" + name + "` in `remediate`, found none",
            "add `"
                + name
                + "` with its `steps`; where nothing can be done, one step `escalate` says why");
      }
    }
  }

  /** Where an entry would be; without any, the word of the section may be what is misspelt. */
  private static Span entries(Runbook runbook) {
    return runbook.remediate().values().stream()
        .map(Remediation::span)
        .reduce(Span::to)
        .orElse(runbook.span());
  }

  private static void known(
      Id id, Set<String> declared, Collection<String> beside, Findings findings) {
    if (!declared.contains(id.name())) {
      findings.unknown(
          DiagnosticCode.NAME_UNKNOWN_CLASS,
          id,
          "a class that `classify` declares",
          declared,
          beside);
    }
  }
}
