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

/** Which values can stand where a type is expected, and the type of what may be one of two. Pure. */
public final class Assignment {

  private Assignment() {}

  /**
   * Whether every value of one type can stand where another is expected. What is unknown fits everywhere, null only where null may stand, an
   * integer where a number may, a word, a path, a domain or a pattern where text may. A record fits one that it is, or one whose required
   * fields it has, each with a type that fits; a field with a default is not required.
   */
  public static boolean fits(Type actual, Type expected) {
    return fits(actual, expected, new LinkedHashSet<>());
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
    return switch (expected.nonNull()) {
      case Scalar scalar -> fitsScalar(actual, scalar);
      case EnumType words ->
          actual instanceof EnumType some && words.words().containsAll(some.words());
      case ListType list ->
          actual instanceof ListType some && fits(some.element(), list.element(), assumed);
      case MapType map ->
          actual instanceof MapType some && fits(some.value(), map.value(), assumed);
      case SeriesType series ->
          actual instanceof SeriesType some && fits(some.value(), series.value(), assumed);
      case RecordType record ->
          actual instanceof RecordType some && fitsRecord(some, record, assumed);
      case NullableType nullable -> fits(actual, nullable.inner(), assumed);
      case Special special -> special == actual;
    };
  }

  private static boolean fitsScalar(Type actual, Scalar expected) {
    return switch (expected) {
      case NUMBER -> actual == Scalar.NUMBER || actual == Scalar.INTEGER;
      case STRING -> isText(actual);
      default -> actual == expected;
    };
  }

  /** Whether its values are texts: strings, words, patterns, paths and domains. */
  public static boolean isText(Type type) {
    return type instanceof EnumType
        || type == Scalar.STRING
        || type == Scalar.REGEX
        || type == Scalar.PATH
        || type == Scalar.DOMAIN;
  }

  private static boolean fitsRecord(RecordType actual, RecordType expected, Set<Pair> assumed) {
    if (actual.is(expected) || !assumed.add(new Pair(actual, expected))) {
      return true;
    }
    for (Map.Entry<String, Type> field : expected.fields().entrySet()) {
      Optional<Type> found = actual.field(field.getKey());
      if (found.isPresent() ? !fits(found.get(), field.getValue(), assumed) : expected.requires(field.getKey())) {
        return false;
      }
    }
    return true;
  }

  /** The narrowest type that both fit, or empty where they have nothing in common. */
  public static Optional<Type> join(Type first, Type second) {
    if (first == Special.NULL || second == Special.NULL) {
      return Optional.of(first == Special.NULL ? second.orNull() : first.orNull());
    }
    if (first instanceof NullableType || second instanceof NullableType) {
      return join(first.nonNull(), second.nonNull()).map(Type::orNull);
    }
    if (first == Special.UNKNOWN || second == Special.UNKNOWN) {
      return Optional.of(Special.UNKNOWN);
    }
    if (fits(first, second)) {
      return Optional.of(second);
    }
    if (fits(second, first)) {
      return Optional.of(first);
    }
    if (first instanceof EnumType some && second instanceof EnumType others) {
      Set<String> words = new LinkedHashSet<>(some.words());
      words.addAll(others.words());
      return Optional.of(new EnumType(List.copyOf(words)));
    }
    if (isText(first) && isText(second)) {
      return Optional.of(Scalar.STRING);
    }
    if (first instanceof ListType some && second instanceof ListType others) {
      return join(some.element(), others.element()).map(ListType::new);
    }
    if (first instanceof MapType some && second instanceof MapType others) {
      return join(some.value(), others.value()).map(MapType::new);
    }
    return Optional.empty();
  }
}
