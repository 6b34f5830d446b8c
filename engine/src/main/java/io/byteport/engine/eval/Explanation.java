package io.byteport.engine.eval;

import io.byteport.dsl.expr.ExprPrinter;
import io.byteport.dsl.expr.TypedExpr;
import java.util.List;

/**
 * How an expression came to its verdict.
 *
 * @param term the sub-term
 * @param evaluation what came of it
 * @param children the operands of operators, and the arguments of calls that are no expressions
 *     over an element, in order
 */
public record Explanation(TypedExpr term, Evaluation evaluation, List<Explanation> children) {
  public Explanation {
    children = List.copyOf(children);
  }

  /** The sub-term as source text, in canonical form. */
  public String text() {
    return ExprPrinter.print(term.syntax());
  }
}
