package io.byteport.dsl.value;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A known value: what an expression yields, what an action takes and returns, what a signal says.
 * Immutable. That a value could not be learned is not a value; evaluation says so beside it.
 */
public sealed interface Value {

  /** A known absence. */
  NullValue NULL = new NullValue();

  BooleanValue TRUE = new BooleanValue(true);
  BooleanValue FALSE = new BooleanValue(false);

  record NullValue() implements Value {
    @Override
    public String toString() {
      return "null";
    }

    @Override
    public boolean isNull() {
      return true;
    }
  }

  record BooleanValue(boolean value) implements Value {
    @Override
    public boolean isNull() {
      return false;
    }
  }

  /** A number or an integer; integers are exact up to 2^53. Always finite. */
  record NumberValue(double value) implements Value {
    public NumberValue {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("not a finite number: " + value);
      }
      value = value == 0.0 ? 0.0 : value; // no negative zero
    }

    @Override
    public boolean isNull() {
      return false;
    }
  }

  /** A string, enum word, regular expression, path or name. */
  record TextValue(String value) implements Value {
    @Override
    public boolean isNull() {
      return false;
    }
  }

  record DurationValue(Duration value) implements Value {
    @Override
    public boolean isNull() {
      return false;
    }
  }

  record SizeValue(DataSize value) implements Value {
    @Override
    public boolean isNull() {
      return false;
    }
  }

  record PercentValue(Percent value) implements Value {
    @Override
    public boolean isNull() {
      return false;
    }
  }

  record InstantValue(Instant value) implements Value {
    @Override
    public boolean isNull() {
      return false;
    }
  }

  record ListValue(List<Value> items) implements Value {
    public static final ListValue EMPTY = new ListValue(List.of());

    public ListValue {
      items = List.copyOf(items);
    }

    @Override
    public boolean isNull() {
      return false;
    }
  }

  /** A record or a map: fields by name, in the order in which they were given. */
  record StructValue(Map<String, Value> fields) implements Value {
    public static final StructValue EMPTY = new StructValue(Map.of());

    public StructValue {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** A field, or {@link Value#NULL} where there is none. */
    public Value get(String name) {
      return fields.getOrDefault(name, NULL);
    }

    /** A copy with one field set. */
    public StructValue with(String name, Value value) {
      Map<String, Value> copy = new LinkedHashMap<>(fields);
      copy.put(name, value);
      return new StructValue(copy);
    }

    @Override
    public boolean isNull() {
      return false;
    }
  }

  static Value of(boolean value) {
    return value ? TRUE : FALSE;
  }

  static NumberValue of(double value) {
    return new NumberValue(value);
  }

  static TextValue of(String value) {
    return new TextValue(value);
  }

  static DurationValue of(Duration value) {
    return new DurationValue(value);
  }

  static SizeValue of(DataSize value) {
    return new SizeValue(value);
  }

  static PercentValue of(Percent value) {
    return new PercentValue(value);
  }

  static InstantValue of(Instant value) {
    return new InstantValue(value);
  }

  static ListValue of(List<? extends Value> items) {
    return new ListValue(List.copyOf(items));
  }

  static StructValue of(Map<String, ? extends Value> fields) {
    return new StructValue(new LinkedHashMap<>(fields));
  }

  /**
   * Abstract, not a default method: with one, two threads that meet this type first could lock each
   * other.
   */
  boolean isNull();
}
