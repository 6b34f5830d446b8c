package io.byteport.engine.eval;

import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.ListValue;
import io.byteport.dsl.value.Value.NumberValue;
import io.byteport.engine.eval.Evaluation.Undecided;
import io.byteport.engine.eval.Library.Implementation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Functions over lists. A condition that is undecided for an element makes the call undecided,
 * unless other elements decide it.
 */
final class ListFunctions {
  private ListFunctions() {}

  static void addTo(Map<String, Implementation> library) {
    library.put("any", call -> quantified(call, true));
    library.put("all", call -> quantified(call, false));
    library.put(
        "count", call -> selected(call, kept -> Evaluation.of(Value.of((double) kept.size()))));
    library.put("filter", call -> selected(call, kept -> Evaluation.of(Value.of(kept))));
    library.put("map", ListFunctions::map);
    library.put("first", call -> end(call, false));
    library.put("last", call -> end(call, true));
    library.put("take", ListFunctions::take);
    library.put("tally", ListFunctions::tally);
    library.put("coalesce", ListFunctions::coalesce);
  }

  /** Whether one element decides: a true one for {@code any}, a false one for {@code all}. */
  private static Evaluation quantified(Invocation call, boolean deciding) {
    return call.overList(
        items -> {
          List<Undecided> unknown = new ArrayList<>();
          for (Value item : items) {
            Evaluation verdict = call.walk().conditionOver(item, call.argument(1));
            if (deciding ? verdict.isTrue() : verdict.isFalse()) {
              return Evaluation.of(deciding);
            }
            if (verdict instanceof Undecided undecided) {
              unknown.add(undecided);
            }
          }
          return unknown.isEmpty() ? Evaluation.of(!deciding) : Evaluation.merged(unknown);
        });
  }

  private static Evaluation selected(Invocation call, Invocation.ListBody body) {
    return call.overList(
        items -> {
          if (!call.has(1)) {
            return body.apply(items);
          }
          List<Value> kept = new ArrayList<>();
          List<Undecided> unknown = new ArrayList<>();
          for (Value item : items) {
            Evaluation verdict = call.walk().conditionOver(item, call.argument(1));
            if (verdict.isTrue()) {
              kept.add(item);
            }
            if (verdict instanceof Undecided undecided) {
              unknown.add(undecided);
            }
          }
          return unknown.isEmpty() ? body.apply(kept) : Evaluation.merged(unknown);
        });
  }

  private static Evaluation map(Invocation call) {
    return call.overList(
        items -> {
          List<Value> mapped = new ArrayList<>();
          List<Undecided> unknown = new ArrayList<>();
          for (Value item : items) {
            switch (call.walk().over(item, call.argument(1))) {
              case Evaluation.Known known -> mapped.add(known.value());
              case Undecided undecided -> unknown.add(undecided);
            }
          }
          return unknown.isEmpty() ? Evaluation.of(Value.of(mapped)) : Evaluation.merged(unknown);
        });
  }

  private static Evaluation end(Invocation call, boolean backwards) {
    return call.overList(
        items -> {
          List<Value> order = backwards ? items.reversed() : items;
          for (Value item : order) {
            Evaluation verdict =
                call.has(1)
                    ? call.walk().conditionOver(item, call.argument(1))
                    : Evaluation.of(true);
            if (verdict instanceof Undecided) {
              return verdict;
            }
            if (verdict.isTrue()) {
              return Evaluation.of(item);
            }
          }
          return Evaluation.of(Value.NULL);
        });
  }

  private static Evaluation take(Invocation call) {
    return call.strict(
        arguments -> {
          List<Value> items = Invocation.elements(arguments.get(0), call.argument(0).type());
          double wanted = ((NumberValue) arguments.get(1)).value();
          int number = (int) Math.min(Math.abs(wanted), items.size());
          return Evaluation.of(
              Value.of(
                  wanted < 0
                      ? items.subList(items.size() - number, items.size())
                      : items.subList(0, number)));
        });
  }

  private static Evaluation tally(Invocation call) {
    return call.overList(items -> call.mapped(items, values -> tallied(call, values)));
  }

  private static Evaluation tallied(Invocation call, List<Value> values) {
    Map<Object, Value> first = new LinkedHashMap<>();
    Map<Object, Integer> counts = new LinkedHashMap<>();
    for (Value value : values) {
      Object key = Units.key(value, call.mappedType());
      first.putIfAbsent(key, value);
      counts.merge(key, 1, Integer::sum);
    }
    List<Value> entries = new ArrayList<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .forEach(
            entry -> {
              Map<String, Value> fields = new LinkedHashMap<>();
              fields.put("value", first.getOrDefault(entry.getKey(), Value.NULL));
              fields.put("count", Value.of(entry.getValue().doubleValue()));
              entries.add(Value.of(fields));
            });
    return Evaluation.of(new ListValue(entries));
  }

  /** Looks at one argument after the other, and at none behind the first that is not null. */
  private static Evaluation coalesce(Invocation call) {
    for (TypedExpr argument : call.call().arguments()) {
      Evaluation evaluation = call.walk().evaluate(argument);
      if (!(evaluation instanceof Evaluation.Known known) || !known.value().isNull()) {
        return evaluation;
      }
    }
    return Evaluation.of(Value.NULL);
  }
}
