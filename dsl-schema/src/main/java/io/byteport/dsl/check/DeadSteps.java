package io.byteport.dsl.check;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Related;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.model.Id;
import java.util.List;

/** Every step can run, and every case of a match can be reached. */
final class DeadSteps implements ReasonedCheck {

  @Override
  public void check(Reasoning reasoning, Findings findings) {
    StepReach reach = reasoning.reach();
    for (StepReach.Dead dead : reach.dead()) {
      switch (dead) {
        case StepReach.DeadStep step -> step(step, reasoning, findings);
        case StepReach.DeadCase one ->
            findings.add(
                DiagnosticCode.RULE_DEAD_CASE,
                one.word().span(),
                "expected a case that can be reached, found `"
                    + one.word()
                    + "`, which "
                    + Reasoning.quoted(one.match().subject())
                    + " never is "
                    + where(one.classId()),
                "take it out");
        case StepReach.DeadElse otherwise ->
            findings.add(
                DiagnosticCode.RULE_DEAD_CASE,
                otherwise.match().otherwise() == null || otherwise.match().otherwise().isEmpty()
                    ? otherwise.match().subject().span()
                    : otherwise.match().otherwise().get(0).head().span(),
                "expected an `else` that can be reached, found one beside cases for all that "
                    + Reasoning.quoted(otherwise.match().subject())
                    + " can be",
                "take it out; the cases are checked to be complete");
      }
    }
  }

  private static String where(String classId) {
    return classId.isEmpty() ? "here" : "where the class is `" + classId + "`";
  }

  private static void step(StepReach.DeadStep dead, Reasoning reasoning, Findings findings) {
    Expr when = dead.when();
    TypedExpr typed = reasoning.typed(when).orElse(null);
    Diagnostic diagnostic =
        Diagnostic.of(
            DiagnosticCode.RULE_DEAD_STEP,
            findings.file(),
            when.span(),
            "expected a step that can run, found the condition "
                + Reasoning.quoted(when)
                + ", which never holds"
                + (dead.alone() ? "" : " " + where(dead.classId())),
            dead.alone()
                ? "correct the condition, or take the step out"
                : "the class is chosen only where it does not hold, and nothing reads the facts"
                    + " again before this step");
    if (dead.alone() && typed != null) {
      diagnostic = Contradictions.related(diagnostic, reasoning.clash(typed), findings);
    }
    for (Id rule : dead.alone() ? List.<Id>of() : rules(dead.classId(), reasoning)) {
      diagnostic =
          diagnostic.withRelated(
              new Related(findings.file(), rule.span(), "the class is chosen here"));
    }
    findings.add(diagnostic);
  }

  private static List<Id> rules(String classId, Reasoning reasoning) {
    return reasoning.rules().stream()
        .filter(rule -> rule.name().equals(classId))
        .map(rule -> rule.rule().classId())
        .toList();
  }
}
