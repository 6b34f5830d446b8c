package io.byteport.dsl.expr;

import io.byteport.dsl.type.Assignment;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.Type.SeriesType;
import io.byteport.dsl.type.Type.Special;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The arguments of one call, as a typing rule sees them: each question either answers with a type
 * or notes what was expected.
 */
final class Arguments {
  private final List<TypedExpr> arguments;
  private final List<Misfit> misfits = new ArrayList<>();

  /** An argument of the wrong type. */
  record Misfit(int argument, String expected) {}

  Arguments(List<TypedExpr> arguments) {
    this.arguments = arguments;
  }

  List<Misfit> misfits() {
    return misfits;
  }

  int size() {
    return arguments.size();
  }

  boolean has(int index) {
    return index < arguments.size();
  }

  Type type(int index) {
    return arguments.get(index).type();
  }

  TypedExpr expression(int index) {
    return arguments.get(index);
  }

  private boolean isUnknown(int index) {
    return type(index) == Special.UNKNOWN;
  }

  Type misfit(int index, String expected) {
    if (!isUnknown(index)) {
      misfits.add(new Misfit(index, expected));
    }
    return Special.UNKNOWN;
  }

  /** The element type of a list or series. */
  Type element(int index) {
    return elementOf(type(index)).orElseGet(() -> misfit(index, "a list"));
  }

  static Optional<Type> elementOf(Type type) {
    return switch (type.nonNull()) {
      case ListType list -> Optional.of(list.element());
      case SeriesType series -> Optional.of(series.value());
      default -> Optional.empty();
    };
  }

  /**
   * What a function over a list looks at: the mapping if it is given, else the elements themselves.
   */
  Type mapped(int list, int mapping) {
    Type element = element(list);
    return has(mapping) ? type(mapping) : element;
  }

  Type ordered(int index, Type type) {
    if (type != Special.UNKNOWN && !Assignment.isOrdered(type)) {
      return misfit(index, "numbers, quantities or instants");
    }
    return type.nonNull();
  }

  /** A number or a quantity, but no instant. */
  Type quantity(int index, Type type) {
    if (type != Special.UNKNOWN
        && (!Assignment.isOrdered(type) || type.nonNull() == Scalar.INSTANT)) {
      return misfit(index, "a number or a quantity");
    }
    return type.nonNull();
  }

  void text(int index) {
    if (!isUnknown(index) && !Assignment.isText(type(index))) {
      misfit(index, "a text");
    }
  }

  void number(int index) {
    if (!isUnknown(index) && !Assignment.isNumber(type(index))) {
      misfit(index, "a number");
    }
  }

  void is(int index, Scalar expected) {
    if (!isUnknown(index) && type(index).nonNull() != expected) {
      misfit(index, "a value of type " + expected);
    }
  }

  /** The result, or null where one of the arguments may be null. */
  Type passNull(Type result) {
    return arguments.stream().anyMatch(argument -> argument.type().mayBeNull())
        ? result.orNull()
        : result;
  }

  /** The result, or null where the list itself may be null. */
  Type passNullList(Type result) {
    return type(0).mayBeNull() ? result.orNull() : result;
  }
}
