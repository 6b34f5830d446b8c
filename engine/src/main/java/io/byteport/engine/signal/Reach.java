package io.byteport.engine.signal;

import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.DurationValue;
import io.byteport.engine.eval.Environment;
import io.byteport.engine.eval.Evaluation;
import io.byteport.engine.eval.Evaluator;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How an expression depends on time.
 *
 * @param window how far back it looks; zero where it does not
 * @param moves whether its value may change by time alone
 */
record Reach(Duration window, boolean moves) {
  /** How far back is looked where the runbook's own words for it are not known. */
  private static final Duration DEFAULT_WINDOW = Duration.ofHours(1);

  private static final Set<String> LOOK_BACK = Set.of("increase", "rate");

  private static final Reach NONE = new Reach(Duration.ZERO, false);

  static Reach of(TypedExpr expr, Evaluator evaluator, Environment environment) {
    Reach reach = own(expr, evaluator, environment);
    List<TypedExpr> parts =
        expr instanceof TypedExpr.Call call ? call.arguments() : expr.operands();
    for (TypedExpr part : parts) {
      reach = reach.and(of(part, evaluator, environment));
    }
    return reach;
  }

  private static Reach own(TypedExpr expr, Evaluator evaluator, Environment environment) {
    if (expr instanceof TypedExpr.Root root
        && root.kind() == TypedExpr.RootKind.LANGUAGE
        && root.name().equals("now")) {
      return new Reach(Duration.ZERO, true);
    }
    if (!(expr instanceof TypedExpr.Call call)) {
      return NONE;
    }
    String function = call.function().name();
    if (LOOK_BACK.contains(function) && call.arguments().size() > 1) {
      Evaluation window = evaluator.evaluate(call.arguments().get(1), environment);
      return new Reach(
          window.known().orElse(Value.NULL) instanceof DurationValue duration
              ? duration.value()
              : DEFAULT_WINDOW,
          true);
    }
    return new Reach(Duration.ZERO, function.equals("age"));
  }

  private Reach and(Reach other) {
    return new Reach(
        window.compareTo(other.window) >= 0 ? window : other.window, moves || other.moves);
  }
}
