package io.byteport.engine.eval;

import io.byteport.dsl.expr.TypedExpr;

/**
 * Evaluates typed expressions. The boolean skeleton, the access of fields and the functions over
 * lists are walked here, three-valued in Kleene's sense; comparisons and arithmetic are computed by
 * MVEL, behind {@link MvelGate}. Evaluation has no effect, never throws for what a value may be,
 * and asks the environment for nothing but the names that the expression reaches. Safe for use by
 * several threads.
 *
 * <p>Access is walked rather than handed to MVEL, since MVEL cannot tell what is null from what is
 * unavailable at each step.
 */
public final class Evaluator {
  private final Leaves leaves = new Leaves(new MvelGate());
  private final Library library = new Library();

  /**
   * What comes of an expression. Both sides of {@code and} and {@code or} are looked at, so every
   * cause of an undecided one is named.
   */
  public Evaluation evaluate(TypedExpr expr, Environment environment) {
    return new Walk(leaves, library, environment, Trace.NONE).evaluate(expr);
  }

  /**
   * What comes of an expression, and of each of its parts: the verdicts of one and the same
   * evaluation.
   */
  public Explanation explain(TypedExpr expr, Environment environment) {
    Trace trace = new Trace();
    new Walk(leaves, library, environment, trace).evaluate(expr);
    return trace.explanation(expr);
  }
}
