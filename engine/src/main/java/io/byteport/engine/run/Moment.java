package io.byteport.engine.run;

import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.value.Value;
import io.byteport.engine.eval.Environment;
import io.byteport.engine.eval.Evaluation;
import io.byteport.engine.eval.Explanation;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A run at one moment, as expressions look at it. Remembers what computed facts came to, so that
 * each is evaluated once. One thread.
 */
final class Moment {
  private final Program program;
  private final RunState state;
  private final Map<String, Evaluation> computed = new HashMap<>();
  private final Map<String, Evaluation> computedAhead = new HashMap<>();
  private @Nullable Value postmortem;

  Moment(Program program, RunState state) {
    this.program = program;
    this.state = state;
  }

  RunState state() {
    return state;
  }

  FactGraph graph() {
    return program.graph();
  }

  Links links() {
    return program.links();
  }

  Map<String, Step> steps() {
    return program.steps();
  }

  /**
   * @param ahead whether what steps leave behind that have not run is unknown rather than null
   */
  Expressions expressions(boolean ahead) {
    return new Expressions(this, ahead);
  }

  Evaluation evaluate(Expr expr, Environment environment) {
    return program.evaluator().evaluate(state.runbook().typing().of(expr), environment);
  }

  Explanation explain(Expr expr, Environment environment) {
    return explain(state.runbook().typing().of(expr), environment);
  }

  Explanation explain(TypedExpr expr, Environment environment) {
    return program.evaluator().explain(expr, environment);
  }

  Evaluation remember(boolean ahead, String fact, Supplier<Evaluation> compute) {
    Map<String, Evaluation> known = ahead ? computedAhead : computed;
    Evaluation earlier = known.get(fact);
    if (earlier != null) {
      return earlier;
    }
    Evaluation now = compute.get();
    known.put(fact, now);
    return now;
  }

  /**
   * The record that the runbook keeps of the incident; what cannot be said stands there as text.
   */
  Value postmortem() {
    if (postmortem == null) {
      Expressions expressions = expressions(false);
      Map<String, Value> fields = new LinkedHashMap<>();
      state
          .runbook()
          .runbook()
          .postmortem()
          .forEach((key, entry) -> fields.put(key, expressions.said(entry.value(), Locals.NONE)));
      postmortem = Value.of(fields);
    }
    return postmortem;
  }
}
