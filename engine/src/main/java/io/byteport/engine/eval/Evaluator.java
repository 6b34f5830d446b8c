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
  private final Leaves leaves;
  private final Library library;
  private final Listener listener;

  /** Hears what comes of each expression that is evaluated, its parts aside. */
  @FunctionalInterface
  public interface Listener {
    /** Is called in the thread that evaluates. */
    void heard(TypedExpr expr, Evaluation evaluation);
  }

  public Evaluator() {
    this(new Leaves(new MvelGate()), new Library(), (expr, evaluation) -> {});
  }

  private Evaluator(Leaves leaves, Library library, Listener listener) {
    this.leaves = leaves;
    this.library = library;
    this.listener = listener;
  }

  /** The same, and somebody hears it. What was compiled already is shared. */
  public Evaluator heardBy(Listener next) {
    return new Evaluator(leaves, library, next);
  }

  /**
   * What comes of an expression. Both sides of {@code and} and {@code or} are looked at, so every
   * cause of an undecided one is named.
   */
  public Evaluation evaluate(TypedExpr expr, Environment environment) {
    Evaluation evaluation = new Walk(leaves, library, environment, Trace.NONE).evaluate(expr);
    listener.heard(expr, evaluation);
    return evaluation;
  }

  /**
   * What comes of an expression, and of each of its parts: the verdicts of one and the same
   * evaluation.
   */
  public Explanation explain(TypedExpr expr, Environment environment) {
    Trace trace = new Trace();
    listener.heard(expr, new Walk(leaves, library, environment, trace).evaluate(expr));
    return trace.explanation(expr);
  }
}
