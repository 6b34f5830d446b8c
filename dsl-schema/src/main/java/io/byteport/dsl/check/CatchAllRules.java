package io.byteport.dsl.check;

import io.byteport.dsl.check.Reasoning.Judged;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Related;
import io.byteport.dsl.expr.TypedExpr;
import java.util.List;
import java.util.stream.Collectors;

/** A rule that is never false stands last. */
final class CatchAllRules implements ReasonedCheck {

  @Override
  public void check(Reasoning reasoning, Findings findings) {
    List<Judged> rules = reasoning.rules();
    for (int i = 0; i < rules.size() - 1; i++) {
      Judged rule = rules.get(i);
      if (rule.when() != null && rule.neverFails()) {
        report(rule, rules.subList(i + 1, rules.size()), findings);
        return;
      }
    }
  }

  private static void report(Judged rule, List<Judged> after, Findings findings) {
    String names =
        after.stream().map(Judged::name).distinct().collect(Collectors.joining("`, `", "`", "`"));
    String verdict =
        rule.when() instanceof TypedExpr.Literal ? "which always holds" : "which is never false";
    Diagnostic diagnostic =
        Diagnostic.of(
            DiagnosticCode.RULE_CATCH_ALL,
            findings.file(),
            rule.rule().when().span(),
            "expected a rule that leaves something to those after it, found `"
                + rule.name()
                + "`, "
                + verdict
                + ", before "
                + names,
            "put it last, or say when it does not hold");
    for (Judged one : after) {
      diagnostic =
          diagnostic.withRelated(
              new Related(findings.file(), one.rule().when().span(), "is never asked"));
    }
    findings.add(diagnostic);
  }
}
