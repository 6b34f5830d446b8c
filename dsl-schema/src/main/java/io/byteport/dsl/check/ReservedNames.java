package io.byteport.dsl.check;

import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.Runbook.Rule;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.source.Span;
import java.util.HashSet;
import java.util.Set;

/**
 * No fact and no element is called as the language calls something, so that nothing hides a name;
 * the class `unknown` is the language's too.
 */
final class ReservedNames implements Check {
  /** What has a meaning in expressions. */
  static final Set<String> RESERVED =
      Set.of(
          "params",
          "inputs",
          "signal",
          "target",
          "class",
          "confidence",
          "severity",
          "guardrails",
          "run",
          "runbook",
          "now",
          "before",
          "steps",
          "with",
          "item",
          "result",
          "args",
          "and",
          "or",
          "not",
          "in",
          "contains",
          "true",
          "false",
          "null");

  @Override
  public void check(Subject subject, TypingPass.Typed typed, Findings findings) {
    Set<String> taken = new HashSet<>(RESERVED);
    for (Fact fact : subject.declaredFacts()) {
      taken.add(fact.id().name());
      if (RESERVED.contains(fact.id().name())) {
        reserved(fact.id(), "a fact", findings);
      }
    }
    for (Fact fact : subject.declaredFacts()) {
      if (fact instanceof Fact.Read read) {
        element(read.as(), read.id().span(), taken, findings);
      }
    }
    for (StepTree.Placed placed : subject.tree().all()) {
      if (placed.step() instanceof Step.Act act) {
        element(act.as(), act.head().id().span(), taken, findings);
      }
    }
    for (Rule rule : subject.runbook().classify().rules()) {
      if (rule.classId().name().equals(LanguageTypes.UNKNOWN_CLASS)) {
        findings.add(
            DiagnosticCode.NAME_RESERVED,
            rule.classId().span(),
            "expected the name of a class, found `unknown`, which is what no rule claims",
            "give the class a name that says what it is, or leave the rule out");
      }
    }
  }

  private static void reserved(Id id, String what, Findings findings) {
    findings.add(
        DiagnosticCode.NAME_RESERVED,
        id.span(),
        "expected a name for " + what + ", found `" + id + "`, a word of the language",
        "choose another name");
  }

  private static void element(String as, Span span, Set<String> taken, Findings findings) {
    if (!as.equals(FactMapper.ITEM) && taken.contains(as)) {
      findings.add(
          DiagnosticCode.NAME_RESERVED,
          span,
          "expected a new name for each element, found `as: "
              + as
              + "`, which has a meaning already",
          "choose another name, or leave `as` out and write `item`");
    }
  }
}
