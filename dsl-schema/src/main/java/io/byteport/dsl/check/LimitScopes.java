package io.byteport.dsl.check;

import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Guardrail.Limit;
import java.util.Set;

/**
 * What is counted over all runbooks is told apart by what all runbooks have: the target and what
 * the action is given.
 */
final class LimitScopes implements Check {
  private static final Set<String> SHARED = Set.of("target", "with");

  @Override
  public void check(Subject subject, TypingPass.Typed typed, Findings findings) {
    for (Guardrail guardrail : subject.runbook().guardrails().values()) {
      boolean overall = guardrail.guards().stream().anyMatch(id -> id.name().contains("."));
      if (guardrail.rule() instanceof Limit limit && overall && limit.shared() == null) {
        limit.per().forEach(expr -> per(expr, findings));
      }
    }
  }

  private static void per(Expr expr, Findings findings) {
    for (String root : Mentions.of(expr).roots()) {
      if (!SHARED.contains(root)) {
        findings.add(
            DiagnosticCode.EXPR_UNKNOWN_NAME,
            expr.span(),
            "expected `target` or `with`, which every runbook has, found `"
                + root
                + "` in a limit on an action",
            "count by `with`, or give the limit a name of its own with `shared`");
      }
    }
  }
}
