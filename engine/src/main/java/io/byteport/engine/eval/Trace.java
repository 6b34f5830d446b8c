package io.byteport.engine.eval;

import io.byteport.dsl.expr.ExprPrinter;
import io.byteport.dsl.expr.TypedExpr;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Notes what came of each part during one walk. */
class Trace {
  /** Notes nothing. */
  static final Trace NONE =
      new Trace() {
        @Override
        void note(TypedExpr expr, Evaluation evaluation) {}
      };

  private final Map<TypedExpr, Evaluation> evaluations = new IdentityHashMap<>();

  void note(TypedExpr expr, Evaluation evaluation) {
    evaluations.put(expr, evaluation);
  }

  /** The tree of what was noted; parts that were not looked at are left out. */
  Explanation explanation(TypedExpr expr) {
    Evaluation evaluation = evaluations.get(expr);
    if (evaluation == null) {
      throw new IllegalArgumentException("not evaluated: " + ExprPrinter.print(expr.syntax()));
    }
    List<Explanation> children = new ArrayList<>();
    for (TypedExpr child : expr.operands()) {
      if (evaluations.containsKey(child)) {
        children.add(explanation(child));
      }
    }
    return new Explanation(expr, evaluation, children);
  }
}
