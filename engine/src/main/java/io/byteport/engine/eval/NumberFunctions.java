package io.byteport.engine.eval;

import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.value.Value;
import io.byteport.engine.eval.Library.Implementation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Functions that make one number of others. A result that is not finite is undecided. */
final class NumberFunctions {
  private static final double SECOND = 1_000;
  private static final double DAY = 86_400_000;

  private NumberFunctions() {}

  static void addTo(Map<String, Implementation> library) {
    library.put(
        "sum", call -> call.overList(items -> call.mapped(items, values -> sum(call, values))));
    library.put("min", call -> extreme(call, Math::min));
    library.put("max", call -> extreme(call, Math::max));
    library.put("share", NumberFunctions::share);
    library.put("seconds", call -> unary(call, millis -> Math.floor(millis / SECOND)));
    library.put("days", call -> unary(call, millis -> Math.floor(millis / DAY)));
    library.put("ceil", call -> unary(call, Math::ceil));
    library.put("floor", call -> unary(call, Math::floor));
    library.put("round", call -> unary(call, number -> Math.floor(number + 0.5)));
    library.put(
        "pow",
        call ->
            call.strict(
                arguments ->
                    call.number(Math.pow(number(arguments.get(0)), number(arguments.get(1))))));
  }

  static double number(Value value) {
    return Units.number(value)
        .orElseThrow(() -> new IllegalArgumentException("not a number: " + value));
  }

  private static Evaluation unary(Invocation call, DoubleUnaryOperator operator) {
    return call.strict(arguments -> call.number(operator.applyAsDouble(number(arguments.get(0)))));
  }

  private static Evaluation sum(Invocation call, List<Value> values) {
    return call.number(values.stream().mapToDouble(NumberFunctions::number).sum());
  }

  private static Evaluation extreme(Invocation call, DoubleBinaryOperator better) {
    if (!call.call().function().variadic()) {
      return call.overList(items -> call.mapped(items, values -> extreme(call, values, better)));
    }
    List<Value> values = new ArrayList<>();
    List<Evaluation.Undecided> unknown = new ArrayList<>();
    for (TypedExpr argument : call.call().arguments()) {
      switch (call.walk().evaluate(argument)) {
        case Evaluation.Known known when !known.value().isNull() -> values.add(known.value());
        case Evaluation.Known none -> {}
        case Evaluation.Undecided undecided -> unknown.add(undecided);
      }
    }
    return unknown.isEmpty() ? extreme(call, values, better) : Evaluation.merged(unknown);
  }

  private static Evaluation extreme(
      Invocation call, List<Value> values, DoubleBinaryOperator better) {
    if (values.isEmpty()) {
      return Evaluation.of(Value.NULL);
    }
    return call.number(
        values.stream().mapToDouble(NumberFunctions::number).reduce(better).orElseThrow());
  }

  private static Evaluation share(Invocation call) {
    return call.strict(
        arguments -> {
          double whole = number(arguments.get(1));
          return whole == 0
              ? call.undecided("divides by zero")
              : call.number(number(arguments.get(0)) / whole * 100);
        });
  }
}
