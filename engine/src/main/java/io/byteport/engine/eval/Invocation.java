package io.byteport.engine.eval;

import io.byteport.dsl.expr.ExprPrinter;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.SeriesType;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.ListValue;
import io.byteport.dsl.value.Value.StructValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One call of a function of the library, and what an implementation may ask about it. */
record Invocation(TypedExpr.Call call, Walk walk) {

  /** Makes something of the arguments, none of which is null or undecided. */
  interface Body {
    Evaluation apply(List<Value> arguments);
  }

  /** Makes something of a list, which is neither null nor undecided. */
  interface ListBody {
    Evaluation apply(List<Value> items);
  }

  boolean has(int index) {
    return index < call.arguments().size();
  }

  TypedExpr argument(int index) {
    return call.arguments().get(index);
  }

  Type type() {
    return call.type().nonNull();
  }

  /** Undecided, since this call has no value. */
  Evaluation undecided(String reason) {
    return Evaluation.because(ExprPrinter.print(call.syntax()), reason);
  }

  Evaluation number(double number) {
    return Units.value(number, call.type())
        .map(Evaluation::of)
        .orElseGet(() -> undecided("is out of range"));
  }

  /**
   * Evaluates all arguments; an undecided one makes the call undecided, else a null one makes it
   * null.
   */
  Evaluation strict(Body body) {
    List<Value> values = new ArrayList<>();
    List<Evaluation.Undecided> unknown = new ArrayList<>();
    for (TypedExpr argument : call.arguments()) {
      switch (walk.evaluate(argument)) {
        case Evaluation.Known known -> values.add(known.value());
        case Evaluation.Undecided undecided -> unknown.add(undecided);
      }
    }
    if (!unknown.isEmpty()) {
      return Evaluation.merged(unknown);
    }
    return values.stream().anyMatch(Value::isNull) ? Evaluation.of(Value.NULL) : body.apply(values);
  }

  /**
   * Evaluates the first argument, a list or series, to its elements. A series that a test gave as
   * answers has none; then the answer to this function is what comes of the call.
   */
  Evaluation overList(ListBody body) {
    Evaluation list = walk.evaluate(argument(0));
    if (!(list instanceof Evaluation.Known known)) {
      return list;
    }
    return known.value().isNull()
        ? list
        : answer(known.value())
            .orElseGet(() -> body.apply(elements(known.value(), argument(0).type())));
  }

  /**
   * What a test says that this function answers for a series, if that is how the series was given.
   */
  Optional<Evaluation> answer(Value series) {
    if (!(series instanceof StructValue struct)) {
      return Optional.empty();
    }
    String name = call.function().name();
    return Optional.of(
        struct.fields().containsKey(name)
            ? Evaluation.of(struct.get(name))
            : undecided("the series says nothing of " + name));
  }

  /** The elements of a list; of a series the values without their times. */
  static List<Value> elements(Value value, Type type) {
    if (!(value instanceof ListValue list)) {
      return List.of();
    }
    if (!(type.nonNull() instanceof SeriesType)) {
      return list.items();
    }
    List<Value> values = new ArrayList<>();
    for (Value point : list.items()) {
      values.add(point instanceof StructValue struct ? struct.get("value") : Value.NULL);
    }
    return values;
  }

  /**
   * The elements, or what the second argument makes of each, without nulls; undecided where one of
   * them is.
   */
  Evaluation mapped(List<Value> items, ListBody body) {
    List<Value> values = new ArrayList<>();
    List<Evaluation.Undecided> unknown = new ArrayList<>();
    for (Value item : items) {
      Evaluation evaluation = has(1) ? walk.over(item, argument(1)) : Evaluation.of(item);
      switch (evaluation) {
        case Evaluation.Known known -> {
          if (!known.value().isNull()) {
            values.add(known.value());
          }
        }
        case Evaluation.Undecided undecided -> unknown.add(undecided);
      }
    }
    return unknown.isEmpty() ? body.apply(values) : Evaluation.merged(unknown);
  }

  /** The type of what {@link #mapped} yields. */
  Type mappedType() {
    if (has(1)) {
      return argument(1).type().nonNull();
    }
    return switch (argument(0).type().nonNull()) {
      case Type.ListType list -> list.element().nonNull();
      case SeriesType series -> series.value().nonNull();
      default -> Type.Special.ANY;
    };
  }
}
