package io.byteport.engine.signal;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.Template;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.value.Value;
import io.byteport.engine.eval.Environment;
import io.byteport.engine.eval.Evaluation;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.eval.ValuePrinter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Evaluates what a runbook's declarations say, outside any run. A structure is undecided where a
 * part of it is.
 */
final class DeclaredValues {
  private final Evaluator evaluator;

  DeclaredValues(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  Evaluation expr(CheckedRunbook runbook, Expr expr, Environment environment) {
    return evaluator.evaluate(runbook.typing().of(expr), environment);
  }

  Evaluation value(CheckedRunbook runbook, ValueExpr value, Environment environment) {
    return switch (value) {
      case ValueExpr.Constant constant -> Evaluation.of(runbook.typing().of(constant));
      case ValueExpr.Single single -> expr(runbook, single.expr(), environment);
      case ValueExpr.Interpolated text -> text(runbook, text.template(), environment);
      case ValueExpr.ListOf list -> {
        List<Value> items = new ArrayList<>();
        List<Evaluation.Undecided> unknown = new ArrayList<>();
        for (ValueExpr item : list.items()) {
          sort(value(runbook, item, environment), items::add, unknown);
        }
        yield unknown.isEmpty() ? Evaluation.of(Value.of(items)) : Evaluation.merged(unknown);
      }
      case ValueExpr.MapOf map -> entries(runbook, map.entries(), environment);
    };
  }

  Evaluation entries(
      CheckedRunbook runbook, Map<String, ValueExpr.Entry> entries, Environment environment) {
    Map<String, Value> fields = new LinkedHashMap<>();
    List<Evaluation.Undecided> unknown = new ArrayList<>();
    entries.forEach(
        (key, entry) ->
            sort(
                value(runbook, entry.value(), environment),
                known -> fields.put(key, known),
                unknown));
    return unknown.isEmpty() ? Evaluation.of(Value.of(fields)) : Evaluation.merged(unknown);
  }

  /** Text in which every hole must be known. */
  private Evaluation text(CheckedRunbook runbook, Template template, Environment environment) {
    StringBuilder out = new StringBuilder();
    List<Evaluation.Undecided> unknown = new ArrayList<>();
    for (Template.Part part : template.parts()) {
      switch (part) {
        case Template.Text text -> out.append(text.text());
        case Template.Hole hole ->
            sort(
                expr(runbook, hole.expr(), environment),
                known ->
                    out.append(ValuePrinter.print(known, runbook.typing().of(hole.expr()).type())),
                unknown);
      }
    }
    return unknown.isEmpty() ? Evaluation.of(Value.of(out.toString())) : Evaluation.merged(unknown);
  }

  private static void sort(
      Evaluation evaluation, Consumer<Value> known, List<Evaluation.Undecided> unknown) {
    switch (evaluation) {
      case Evaluation.Known value -> known.accept(value.value());
      case Evaluation.Undecided undecided -> unknown.add(undecided);
    }
  }
}
