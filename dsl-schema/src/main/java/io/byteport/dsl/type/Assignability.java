package io.byteport.dsl.type;

import io.byteport.dsl.type.Type.EnumType;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.MapType;
import io.byteport.dsl.type.Type.NullableType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.Type.SeriesType;
import io.byteport.dsl.type.Type.Special;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How types stand to each other: which may stand in for which, what two have in common, which can be compared. {@link Special#UNKNOWN} fits
 * everywhere, so that one error does not cause another.
 */
public final class Assignability {
  private Assignability() {}

  /**
   * Whether every value of one type may stand where another is expected. Texts of any kind are strings; a string may stand for a path or a
   * domain, whose form is checked when it is used, but never for a regular expression or an enum. A record stands for what it is, and for a
   * map whose values take its fields. Any value is {@link Special#ANY}, and that is nothing else.
   */
  public static boolean isAssignable(Type from, Type to) {
    if (from.equals(to) || from == Special.UNKNOWN || to == Special.UNKNOWN || to == Special.ANY) {
      return true;
    }
    if (from == Special.NULL) {
      return to.mayBeNull();
    }
    if (from instanceof NullableType nullable) {
      return to instanceof NullableType && isAssignable(nullable.inner(), to.nonNull());
    }
    return switch (to) {
      case NullableType nullable -> isAssignable(from, nullable.inner());
      case Scalar scalar -> toScalar(from, scalar);
      case EnumType words -> from instanceof EnumType some && words.words().containsAll(some.words());
      case ListType list ->
          from instanceof ListType other && isAssignable(other.element(), list.element());
      case SeriesType series ->
          from instanceof SeriesType other && isAssignable(other.value(), series.value());
      case MapType map -> toMap(from, map);
      case RecordType record ->
          (from instanceof RecordType other && (other.is(record) || sameShape(other, record)))
              || (record.isInventory() && isText(from));
      case Special special -> false;
    };
  }

  private static boolean toScalar(Type from, Scalar to) {
    return switch (to) {
      case STRING -> isText(from);
      case PATH, DOMAIN -> from == Scalar.STRING || from == to || from instanceof EnumType;
      case NUMBER -> from == Scalar.INTEGER;
      case INTEGER, BOOLEAN, DURATION, SIZE, PERCENT, INSTANT, REGEX -> false;
    };
  }

  private static boolean toMap(Type from, MapType to) {
    return switch (from) {
      case MapType map -> isAssignable(map.value(), to.value());
      case RecordType record ->
          to.value() == Scalar.STRING
              || record.fields().values().stream()
                  .allMatch(field -> isAssignable(field, to.value().orNull()));
      default -> false;
    };
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
   * The narrowest type that takes the values of both, or empty where they have nothing in common. Two enums make one of all their words, two
   * kinds of text a string, two records what both are.
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
    return joinStructures(a, b);
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
    if (a instanceof RecordType left && b instanceof RecordType right) {
      return Optional.<Type>ofNullable(joinRecords(left, right));
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

  /** What both records are: one of the two, or the nearest parent in common. */
  private static @Nullable RecordType joinRecords(
      RecordType a, RecordType b) {
    if (b.is(a) || sameShape(a, b)) {
      return a;
    }
    for (RecordType parent : a.parents()) {
      RecordType joined = joinRecords(parent, b);
      if (joined != null) {
        return joined;
      }
    }
    return a.is(b) ? b : null;
  }

  /**
   * Whether two records, made apart from each other, are of one type: the same name and the same fields. Records that refer to each other are
   * only the same if they are the same object.
   */
  private static boolean sameShape(RecordType a, RecordType b) {
    return a.name().equals(b.name())
        && a.fields().keySet().equals(b.fields().keySet())
        && a.fields().entrySet().stream().allMatch(field -> sameField(field, b));
  }

  private static boolean sameField(Map.Entry<String, Type> field, RecordType other) {
    return field.getValue().equals(other.fields().get(field.getKey()));
  }

  /**
   * Whether two values may be asked to be equal. Kinds must agree: a text is never a number, a percent never a size. Two enums need a word in
   * common, two records something that both are. Null may be compared with everything.
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
