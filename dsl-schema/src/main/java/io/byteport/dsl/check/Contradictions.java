package io.byteport.dsl.check;

import io.byteport.dsl.check.Reasoning.Judged;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Related;
import io.byteport.dsl.expr.TypedExpr;
import java.util.List;

/** A rule can hold. */
final class Contradictions implements ReasonedCheck {

  @Override
  public void check(Reasoning reasoning, Findings findings) {
    for (Judged judged : reasoning.rules()) {
      if (judged.when() != null && judged.neverHolds()) {
        List<TypedExpr> clash = reasoning.clash(judged.when());
        findings.add(
            related(
                Diagnostic.of(
                    DiagnosticCode.RULE_CONTRADICTION,
                    findings.file(),
                    judged.rule().when().span(),
                    "expected a condition that can hold, found " + found(clash),
                    "`"
                        + judged.name()
                        + "` is never chosen by this rule; correct it or take it out"),
                clash,
                findings));
      }
    }
  }

  /** What is wrong with parts that cannot hold together, in words. */
  static String found(List<TypedExpr> clash) {
    return switch (clash.size()) {
      case 1 -> Reasoning.quoted(clash.get(0).syntax()) + ", which never does";
      case 2 ->
          Reasoning.quoted(clash.get(0).syntax())
              + " and "
              + Reasoning.quoted(clash.get(1).syntax())
              + ", which exclude each other";
      default -> clash.size() + " parts that exclude each other";
    };
  }

  /** Points to the parts, if there are several. */
  static Diagnostic related(Diagnostic diagnostic, List<TypedExpr> clash, Findings findings) {
    Diagnostic told = diagnostic;
    for (int i = 0; i < clash.size() && clash.size() > 1; i++) {
      told =
          told.withRelated(
              new Related(
                  findings.file(),
                  clash.get(i).syntax().span(),
                  i == 0 ? "this part" : "excludes this one"));
    }
    return told;
  }
}
