package io.byteport.dsl.solve;

import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import io.byteport.dsl.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Values as the solver keeps them, and back: quantities as doubles in the units in which a run
 * compares them (milliseconds, bytes, points), texts as strings.
 */
public final class Quantity {
  private static final double NANOS = 1e6;

  private Quantity() {}

  /** A double, string or boolean; empty for null, lists and records. */
  static Optional<Object> of(Value value) {
    return switch (value) {
      case Value.NumberValue number -> Optional.of(number.value());
      case Value.DurationValue duration -> Optional.of(millis(duration.value()));
      case Value.SizeValue size -> Optional.of((double) size.value().bytes());
      case Value.PercentValue percent ->
          Optional.of(percent.value().points() + 0.0); // no negative zero
      case Value.InstantValue instant -> Optional.of(millis(instant.value()));
      case Value.BooleanValue bool -> Optional.of(bool.value());
      case Value.TextValue text -> Optional.of(text.value());
      case Value.NullValue none -> Optional.empty();
      case Value.ListValue list -> Optional.empty();
      case Value.StructValue struct -> Optional.empty();
    };
  }

  private static double millis(Duration duration) {
    return duration.getSeconds() * 1000.0 + duration.getNano() / NANOS;
  }

  private static double millis(Instant instant) {
    return instant.getEpochSecond() * 1000.0 + instant.getNano() / NANOS;
  }

  /** The number behind a number or quantity; empty for anything else. */
  public static Optional<Double> number(Value value) {
    return of(value).filter(Double.class::isInstance).map(Double.class::cast);
  }

  /** A number as a value of a type; empty where the type cannot hold it. */
  static Optional<Value> value(double number, Type type) {
    if (!(type instanceof Scalar scalar)) {
      return Optional.of(Value.of(number));
    }
    return switch (scalar) {
      case DURATION -> duration(number).map(Value::of);
      case INSTANT -> duration(number).map(Instant.EPOCH::plus).map(Value::of);
      case SIZE ->
          Math.abs(number) < 0x1p63
              ? Optional.of(Value.of(new DataSize(Math.round(number))))
              : Optional.empty();
      case PERCENT -> Optional.of(Value.of(new Percent(number)));
      case NUMBER, INTEGER, STRING, BOOLEAN, REGEX, PATH, DOMAIN -> Optional.of(Value.of(number));
    };
  }

  private static Optional<Duration> duration(double millis) {
    if (Math.abs(millis * NANOS) >= 0x1p63) {
      return Optional.empty();
    }
    double whole = Math.floor(millis);
    return Optional.of(
        Duration.ofMillis((long) whole).plusNanos(Math.round((millis - whole) * NANOS)));
  }

  /** How far from a bound a value lies that people would choose as an example. */
  static double step(Type type) {
    return type == Scalar.DURATION || type == Scalar.INSTANT
        ? 1000
        : type == Scalar.SIZE ? 1 << 20 : 1;
  }
}
