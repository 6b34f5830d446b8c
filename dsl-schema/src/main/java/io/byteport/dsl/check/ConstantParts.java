package io.byteport.dsl.check;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Related;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.solve.Encoder;
import io.byteport.dsl.solve.Solver;
import io.byteport.dsl.type.Type.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Every part of a condition can make a difference: none has the same verdict whatever the facts
 * are, and none stands there twice. Parts are judged by themselves, by types and bounds.
 */
final class ConstantParts implements ReasonedCheck {

  @Override
  public void check(Reasoning reasoning, Findings findings) {
    for (Conditions.Condition condition : Conditions.of(reasoning)) {
      reasoning
          .typed(condition.expr())
          .ifPresent(
              typed ->
                  new Walk(reasoning, findings)
                      .whole(typed, condition.whole() && !(typed instanceof TypedExpr.Literal)));
    }
  }

  /** One condition, or what a list function asks of each element. */
  private static final class Walk {
    private final Reasoning reasoning;
    private final Findings findings;
    private final Encoder encoder;

    Walk(Reasoning reasoning, Findings findings) {
      this.reasoning = reasoning;
      this.findings = findings;
      this.encoder = reasoning.encoder();
    }

    /**
     * @param judged whether one that is constant is to be told; else it is told elsewhere, and so
     *     is the part that alone keeps it from ever being true
     */
    void whole(TypedExpr expr, boolean judged) {
      if (!judged
          && expr instanceof TypedExpr.Logical logical
          && logical.operator() == Expr.LogicalOperator.AND) {
        operands(logical, operand -> !neverHolds(operand));
      } else {
        visit(expr, judged);
      }
    }

    /**
     * @param judged whether the verdict of this part itself is to be looked at
     */
    void visit(TypedExpr expr, boolean judged) {
      if (judged && expr.type() == Scalar.BOOLEAN && isConstant(expr)) {
        return;
      }
      switch (expr) {
        case TypedExpr.Not not -> visit(not.operand(), judged);
        case TypedExpr.Logical logical -> operands(logical, operand -> true);
        case TypedExpr.Call call -> {
          for (int i = 0; i < call.arguments().size(); i++) {
            TypedExpr argument = call.arguments().get(i);
            if (call.function().lambda(i)) {
              new Walk(reasoning, findings)
                  .visit(argument, !(argument instanceof TypedExpr.Literal));
            } else {
              visit(argument, false);
            }
          }
        }
        default -> expr.operands().forEach(operand -> visit(operand, false));
      }
    }

    private void operands(TypedExpr.Logical logical, Predicate<TypedExpr> judged) {
      Map<String, TypedExpr> seen = new LinkedHashMap<>();
      for (TypedExpr operand : flat(logical, logical.operator())) {
        TypedExpr before = seen.putIfAbsent(encoder.canonical(operand), operand);
        if (before == null) {
          visit(operand, judged.test(operand));
        } else {
          twice(operand, before);
        }
      }
    }

    private static List<TypedExpr> flat(TypedExpr expr, Expr.LogicalOperator operator) {
      List<TypedExpr> operands = new ArrayList<>();
      if (expr instanceof TypedExpr.Logical logical && logical.operator() == operator) {
        operands.addAll(flat(logical.left(), operator));
        operands.addAll(flat(logical.right(), operator));
      } else {
        operands.add(expr);
      }
      return operands;
    }

    private void twice(TypedExpr operand, TypedExpr before) {
      findings.add(
          Diagnostic.of(
                  DiagnosticCode.RULE_CONSTANT_PART,
                  findings.file(),
                  operand.syntax().span(),
                  "expected something new, found "
                      + Reasoning.quoted(operand.syntax())
                      + ", which stands here twice",
                  "take one of them out, or correct it")
              .withRelated(new Related(findings.file(), before.syntax().span(), "means the same")));
    }

    private boolean isConstant(TypedExpr expr) {
      boolean neverHolds = neverHolds(expr);
      boolean constant = neverHolds || Solver.impossible(encoder.fails(expr));
      if (constant) {
        findings.add(
            DiagnosticCode.RULE_CONSTANT_PART,
            expr.syntax().span(),
            "expected something that can be true and false, found "
                + Reasoning.quoted(expr.syntax())
                + ", which is never "
                + (neverHolds ? "true" : "false"),
            "its type or its bounds decide it, whatever the facts are; correct it or take it out");
      }
      return constant;
    }

    private boolean neverHolds(TypedExpr expr) {
      return Solver.impossible(encoder.holds(expr));
    }
  }
}
