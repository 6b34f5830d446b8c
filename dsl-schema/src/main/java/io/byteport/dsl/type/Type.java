package io.byteport.dsl.type;

import java.util.List;

/**
 * The static type of an expression, a fact, a parameter or an action's input. Two types are equal
 * when they accept the same values.
 */
public sealed interface Type
    permits Type.Scalar,
        Type.EnumType,
        Type.ListType,
        Type.MapType,
        Type.SeriesType,
        Type.NullableType,
        Type.Special,
        RecordType {

  /** Types without parts. */
  enum Scalar implements Type {
    STRING,
    NUMBER,
    INTEGER,
    BOOLEAN,
    DURATION,
    SIZE,
    PERCENT,
    INSTANT,
    REGEX,
    PATH,
    DOMAIN;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** One of a closed list of words. */
  record EnumType(List<String> words) implements Type {
    public EnumType {
      words = List.copyOf(words);
    }

    @Override
    public String toString() {
      return "enum(" + String.join(", ", words) + ")";
    }
  }

  record ListType(Type element) implements Type {
    @Override
    public String toString() {
      return "list<" + element + ">";
    }
  }

  /** Values of one type by name. */
  record MapType(Type value) implements Type {
    @Override
    public String toString() {
      return "map<" + value + ">";
    }
  }

  /**
   * Values of one type over time, oldest first. As a value it is a list of records with {@code at}
   * and {@code value}; list functions see the values alone. A test may instead give a record of
   * what functions over it shall answer, by their names.
   */
  record SeriesType(Type value) implements Type {
    @Override
    public String toString() {
      return "series<" + value + ">";
    }
  }

  /** The inner type, or null. Never nested. */
  record NullableType(Type inner) implements Type {
    public NullableType {
      if (inner instanceof NullableType || inner instanceof Special) {
        throw new IllegalArgumentException("cannot be nullable again: " + inner);
      }
    }

    @Override
    public String toString() {
      return inner + " or null";
    }
  }

  /** Types that stand outside the order of the others. */
  enum Special implements Type {
    /** JSON of unknown shape; usable only through an explicit conversion. */
    ANY,
    /** The type of the literal {@code null}. */
    NULL,
    /** What could not be typed; its error is reported already, and it fits everywhere. */
    UNKNOWN;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** This type without null. */
  default Type nonNull() {
    return this instanceof NullableType nullable ? nullable.inner() : this;
  }

  /** This type or null; ANY, NULL and UNKNOWN hold null already. */
  default Type orNull() {
    return this instanceof NullableType || this instanceof Special ? this : new NullableType(this);
  }

  default boolean mayBeNull() {
    return this instanceof NullableType || this == Special.NULL || this == Special.ANY;
  }
}
