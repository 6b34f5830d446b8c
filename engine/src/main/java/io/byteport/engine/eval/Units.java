package io.byteport.engine.eval;

import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.BooleanValue;
import io.byteport.dsl.value.Value.DurationValue;
import io.byteport.dsl.value.Value.InstantValue;
import io.byteport.dsl.value.Value.ListValue;
import io.byteport.dsl.value.Value.NumberValue;
import io.byteport.dsl.value.Value.PercentValue;
import io.byteport.dsl.value.Value.SizeValue;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.dsl.value.Value.TextValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Values as plain numbers and back. Durations count in milliseconds, instants in milliseconds since
 * 1970, sizes in bytes, percents in points; doubles hold all of them exactly to a microsecond and a
 * byte at the magnitudes that occur.
 */
final class Units {
  private static final double NANOS = 1e6;

  private Units() {}

  /** The number behind a number, quantity or instant; empty for anything else. */
  static OptionalDouble number(Value value) {
    return switch (value) {
      case NumberValue number -> OptionalDouble.of(number.value());
      case DurationValue duration -> OptionalDouble.of(millis(duration.value()));
      case SizeValue size -> OptionalDouble.of(size.value().bytes());
      case PercentValue percent -> OptionalDouble.of(percent.value().points());
      case InstantValue instant -> OptionalDouble.of(millis(instant.value()));
      case Value.NullValue none -> OptionalDouble.empty();
      case BooleanValue bool -> OptionalDouble.empty();
      case TextValue text -> OptionalDouble.empty();
      case ListValue list -> OptionalDouble.empty();
      case StructValue struct -> OptionalDouble.empty();
    };
  }

  private static double millis(Instant instant) {
    return instant.getEpochSecond() * 1000.0 + instant.getNano() / NANOS;
  }

  static double millis(Duration duration) {
    return duration.getSeconds() * 1000.0 + duration.getNano() / NANOS;
  }

  /** A number as a value of a type, or empty where it is out of the type's range. */
  static Optional<Value> value(double number, Type type) {
    if (!Double.isFinite(number)) {
      return Optional.empty();
    }
    if (!(type.nonNull() instanceof Scalar scalar)) {
      return Optional.of(Value.of(number));
    }
    return switch (scalar) {
      case DURATION -> duration(number).map(Value::of);
      case SIZE ->
          Math.abs(number) < 0x1p63
              ? Optional.of(Value.of(new DataSize(Math.round(number))))
              : Optional.empty();
      case PERCENT -> Optional.of(Value.of(new Percent(number)));
      case INSTANT -> duration(number).map(Instant.EPOCH::plus).map(Value::of);
      case NUMBER, INTEGER, STRING, BOOLEAN, REGEX, PATH, DOMAIN -> Optional.of(Value.of(number));
    };
  }

  /** At most about 292 years, as everywhere in the language. */
  private static Optional<Duration> duration(double millis) {
    double nanos = millis * NANOS;
    if (Math.abs(nanos) >= 0x1p63) {
      return Optional.empty();
    }
    long whole = (long) Math.floor(millis);
    return Optional.of(Duration.ofMillis(whole).plusNanos(Math.round((millis - whole) * NANOS)));
  }

  /**
   * A plain stand-in that is equal for equal values: a double, a boolean, or a text. A record is
   * stood for by its key.
   *
   * @param type the type as which the value is compared
   */
  static Object key(Value value, Type type) {
    return switch (value) {
      case BooleanValue bool -> bool.value();
      case TextValue text when type.nonNull() instanceof RecordType ->
          "(" + escaped(text.value()) + ")";
      case TextValue text -> text.value();
      case Value.NullValue none -> "null";
      case ListValue list -> {
        Type element = type.nonNull() instanceof Type.ListType of ? of.element() : type;
        List<String> keys = new ArrayList<>();
        list.items().forEach(item -> keys.add(inside(item, element)));
        yield "[" + String.join(",", keys) + "]";
      }
      case StructValue struct -> struct(struct, type.nonNull());
      case NumberValue number -> number.value();
      case DurationValue duration -> millis(duration.value());
      case SizeValue size -> (double) size.value().bytes();
      case PercentValue percent -> percent.value().points();
      case InstantValue instant -> millis(instant.value());
    };
  }

  private static String struct(StructValue struct, Type type) {
    List<String> keys = new ArrayList<>();
    if (type instanceof RecordType record) {
      for (String field : record.key()) {
        Value value = struct.get(field);
        if (value.isNull()) {
          value = record.defaults().getOrDefault(field, Value.NULL);
        }
        keys.add(inside(value, record.fields().getOrDefault(field, Type.Special.ANY)));
      }
      return "(" + String.join(",", keys) + ")";
    }
    Type entry = type instanceof Type.MapType map ? map.value() : Type.Special.ANY;
    for (Map.Entry<String, Value> field : new TreeMap<>(struct.fields()).entrySet()) {
      keys.add(escaped(field.getKey()) + ":" + inside(field.getValue(), entry));
    }
    return "{" + String.join(",", keys) + "}";
  }

  private static String inside(Value value, Type type) {
    Object key = key(value, type);
    return value instanceof TextValue text && !(type.nonNull() instanceof RecordType)
        ? escaped(text.value())
        : key.toString();
  }

  private static String escaped(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
