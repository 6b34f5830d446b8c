package io.byteport.dsl.type;

import io.byteport.dsl.type.Type.EnumType;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.MapType;
import io.byteport.dsl.type.Type.NullableType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.Type.SeriesType;
import io.byteport.dsl.type.Type.Special;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How types stand to each other: which may stand in for which, what two have in common, which can
 * be compared. {@link Special#UNKNOWN} fits everywhere, so that one error does not cause another.
 */
public final class Assignment {
  private Assignment() {}

  /**
   * Whether every value of one type can stand where another is expected. What is unknown fits
   * everywhere, null only where null may stand, an integer where a number may, text of any kind
   * where a string may; a string where a path or a domain may, whose form is checked when it is
   * used, but never where a regular expression or a word may. A record fits one that it is, or one
   * whose required fields it has, each with a type that fits; a field with a default is not
   * required. A record fits a map that takes its fields, or text. A text selects an entry of the
   * inventory. Any value is {@link Special#ANY}, and that is nothing else.
   */
  public static boolean fits(Type actual, Type expected) {
    return fits(actual, expected, new HashSet<>());
  }

  private record Pair(RecordType actual, RecordType expected) {}

  private static boolean fits(Type actual, Type expected, Set<Pair> assumed) {
    if (actual == Special.UNKNOWN || expected == Special.UNKNOWN || expected == Special.ANY) {
      return true;
    }
    if (actual == Special.NULL || actual instanceof NullableType) {
      return expected.mayBeNull()
          && (actual == Special.NULL || fits(actual.nonNull(), expected.nonNull(), assumed));
    }
    return switch (expected) {
      case NullableType nullable -> fits(actual, nullable.inner(), assumed);
      case Scalar scalar -> actual == scalar || fitsScalar(actual, scalar);
      case EnumType words ->
          actual instanceof EnumType some && words.words().containsAll(some.words());
      case ListType list ->
          actual instanceof ListType some && fits(some.element(), list.element(), assumed);
      case SeriesType series ->
          actual instanceof SeriesType some && fits(some.value(), series.value(), assumed);
      case MapType map -> fitsMap(actual, map, assumed);
      case RecordType record ->
          (actual instanceof RecordType some && fitsRecord(some, record, assumed))
              || (record.isInventory() && isText(actual));
      case Special special -> special == actual;
    };
  }

  private static boolean fitsScalar(Type actual, Scalar expected) {
    return switch (expected) {
      case STRING -> isText(actual);
      case PATH, DOMAIN -> actual == Scalar.STRING || actual instanceof EnumType;
      case NUMBER -> actual == Scalar.INTEGER;
      case INTEGER, BOOLEAN, DURATION, SIZE, PERCENT, INSTANT, REGEX -> false;
    };
  }

  private static boolean fitsRecord(RecordType actual, RecordType expected, Set<Pair> assumed) {
    if (actual.is(expected) || !assumed.add(new Pair(actual, expected))) {
      return true;
    }
    for (Map.Entry<String, Type> field : expected.fields().entrySet()) {
      Optional<Type> found = actual.field(field.getKey());
      boolean fits =
          found.isPresent()
              ? fits(found.get(), field.getValue(), assumed)
              : !expected.requires(field.getKey());
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static boolean fitsMap(Type actual, MapType expected, Set<Pair> assumed) {
    if (actual instanceof MapType some) {
      return fits(some.value(), expected.value(), assumed);
    }
    return actual instanceof RecordType record
        && (expected.value() == Scalar.STRING
            || record.fields().values().stream()
                .allMatch(field -> fits(field, expected.value().orNull(), assumed)));
  }

  /** Whether values are written as text: strings, words, paths, domains and regular expressions. */
  public static boolean isText(Type type) {
    return switch (type.nonNull()) {
      case EnumType words -> true;
      case Scalar scalar ->
          switch (scalar) {
            case STRING, PATH, DOMAIN, REGEX -> true;
            case NUMBER, INTEGER, BOOLEAN, DURATION, SIZE, PERCENT, INSTANT -> false;
          };
      default -> false;
    };
  }

  /** Whether values are numbers without a unit. */
  public static boolean isNumber(Type type) {
    return type.nonNull() == Scalar.NUMBER || type.nonNull() == Scalar.INTEGER;
  }

  /** Whether values have an order: numbers, quantities and instants. */
  public static boolean isOrdered(Type type) {
    return type.nonNull() instanceof Scalar scalar
        && switch (scalar) {
          case NUMBER, INTEGER, DURATION, SIZE, PERCENT, INSTANT -> true;
          case STRING, BOOLEAN, REGEX, PATH, DOMAIN -> false;
        };
  }

  /**
   * The narrowest type that takes the values of both, or empty where they have nothing in common.
   * Two enums make one of all their words, two kinds of text a string, two records what both are.
   */
  public static Optional<Type> join(Type a, Type b) {
    if (a.equals(b) || b == Special.UNKNOWN) {
      return Optional.of(a);
    }
    if (a == Special.UNKNOWN) {
      return Optional.of(b);
    }
    if (a == Special.ANY || b == Special.ANY) {
      return Optional.of(Special.ANY);
    }
    if (a == Special.NULL || b == Special.NULL) {
      return Optional.of((a == Special.NULL ? b : a).orNull());
    }
    if (a instanceof NullableType || b instanceof NullableType) {
      return join(a.nonNull(), b.nonNull()).map(Type::orNull);
    }
    if (isNumber(a) && isNumber(b)) {
      return Optional.of(Scalar.NUMBER);
    }
    if (isText(a) && isText(b)) {
      return Optional.of(joinTexts(a, b));
    }
    return isText(a) || isText(b) ? Optional.empty() : joinStructures(a, b);
  }

  private static Type joinTexts(Type a, Type b) {
    if (a instanceof EnumType left && b instanceof EnumType right) {
      Set<String> words = new LinkedHashSet<>(left.words());
      words.addAll(right.words());
      return new EnumType(List.copyOf(words));
    }
    return Scalar.STRING;
  }

  private static Optional<Type> joinStructures(Type a, Type b) {
    if (fits(a, b)) {
      return Optional.of(b);
    }
    if (fits(b, a)) {
      return Optional.of(a);
    }
    if (a instanceof RecordType left && b instanceof RecordType right) {
      return left.parents().stream()
          .flatMap(parent -> joinStructures(parent, right).stream())
          .findFirst();
    }
    if (a instanceof ListType left && b instanceof ListType right) {
      return join(left.element(), right.element()).map(ListType::new);
    }
    if (a instanceof MapType left && b instanceof MapType right) {
      return join(left.value(), right.value()).map(MapType::new);
    }
    if (a instanceof SeriesType left && b instanceof SeriesType right) {
      return join(left.value(), right.value()).map(SeriesType::new);
    }
    return Optional.empty();
  }

  /**
   * Whether two values may be asked to be equal. Kinds must agree: a text is never a number, a
   * percent never a size. Two enums need a word in common, two records something that both are.
   * Null may be compared with everything.
   */
  public static boolean isComparable(Type a, Type b) {
    Type left = a.nonNull();
    Type right = b.nonNull();
    if (left == Special.NULL || right == Special.NULL) {
      return true;
    }
    if (left == Special.ANY || right == Special.ANY) {
      return false;
    }
    if (left instanceof EnumType some && right instanceof EnumType others) {
      return some.words().stream().anyMatch(others.words()::contains);
    }
    if (left instanceof ListType one && right instanceof ListType other) {
      return isComparable(one.element(), other.element());
    }
    if (left instanceof MapType one && right instanceof MapType other) {
      return isComparable(one.value(), other.value());
    }
    return join(left, right).isPresent();
  }
}
