package io.byteport.engine.eval;

import java.util.List;

/**
 * How an expression came to its verdict.
 *
 * @param text the sub-term as source text, in canonical form
 * @param evaluation what came of it
 * @param children the operands of operators, and the arguments of calls that are no expressions
 *     over an element, in order
 */
public record Explanation(String text, Evaluation evaluation, List<Explanation> children) {
  public Explanation {
    children = List.copyOf(children);
  }
}
