package io.byteport.dsl.check;

import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Guardrail.Approve;
import io.byteport.dsl.model.Guardrail.Forbid;
import io.byteport.dsl.model.Guardrail.Limit;
import io.byteport.dsl.model.Guardrail.Lock;
import io.byteport.dsl.model.Guardrail.Protect;
import io.byteport.dsl.model.Guardrail.Require;
import io.byteport.dsl.model.Guardrail.Skip;
import io.byteport.dsl.solve.Encoder;
import io.byteport.dsl.solve.Solver;

/** A guardrail's condition can go either way: what always or never refuses guards nothing. */
final class ConstantGuards implements ReasonedCheck {

  @Override
  public void check(Reasoning reasoning, Findings findings) {
    for (Guardrail guardrail : reasoning.subject().runbook().guardrails().values()) {
      switch (guardrail.rule()) {
        case Skip skip ->
            judge(
                skip.condition(),
                "no run is ever skipped by `" + guardrail.id() + "`",
                "no run ever gets past `" + guardrail.id() + "`",
                reasoning,
                findings);
        case Require require ->
            judge(
                require.condition(),
                "`" + guardrail.id() + "` refuses everything",
                "`" + guardrail.id() + "` refuses nothing that is known",
                reasoning,
                findings);
        case Protect protect ->
            judge(
                protect.condition(),
                "`" + guardrail.id() + "` protects nothing",
                "`" + guardrail.id() + "` protects everything",
                reasoning,
                findings);
        case Approve approve -> {
          if (approve.unless() != null) {
            judge(
                approve.unless(),
                "a human is always asked",
                "nobody is ever asked",
                reasoning,
                findings);
          }
        }
        case Limit limit -> {}
        case Lock lock -> {}
        case Forbid forbid -> {}
      }
    }
  }

  private static void judge(
      Expr condition, String neverTrue, String neverFalse, Reasoning reasoning, Findings findings) {
    Encoder encoder = reasoning.encoder();
    reasoning
        .typed(condition)
        .ifPresent(
            typed -> {
              if (Solver.impossible(encoder.holds(typed))) {
                report(condition, "true", neverTrue, findings);
              } else if (Solver.impossible(encoder.fails(typed))) {
                report(condition, "false", neverFalse, findings);
              }
            });
  }

  private static void report(Expr condition, String verdict, String effect, Findings findings) {
    findings.add(
        DiagnosticCode.RULE_CONSTANT_GUARD,
        condition.span(),
        "expected a condition that can be true and false, found "
            + Reasoning.quoted(condition)
            + ", which is never "
            + verdict,
        "as it stands, " + effect);
  }
}
