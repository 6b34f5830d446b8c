package io.byteport.engine.eval;

import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.MapType;
import io.byteport.dsl.type.Type.SeriesType;
import io.byteport.dsl.type.Type.Special;
import io.byteport.dsl.value.Quantities;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.dsl.value.Value.TextValue;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Values as people read them in messages. Null is {@code -}, a quantity carries its unit, a number
 * has at most four decimals, an instant is in UTC and whole seconds, a list is joined by {@code ",
 * "}. A record is its key, {@code namespace/name}, without what is null; a host and a port are
 * joined by a colon; a record without a key and a map are their entries.
 */
public final class ValuePrinter {
  private static final int DECIMALS = 4;

  private ValuePrinter() {}

  /** A value of a type. Where the type is not known, {@link Special#ANY} will do. */
  public static String print(Value value, Type type) {
    return switch (value) {
      case Value.NullValue none -> "-";
      case Value.BooleanValue bool -> String.valueOf(bool.value());
      case Value.NumberValue number -> number(number.value());
      case TextValue text -> text.value();
      case Value.DurationValue duration -> Quantities.print(duration.value());
      case Value.SizeValue size -> Quantities.print(size.value());
      case Value.PercentValue percent -> Quantities.print(percent.value());
      case Value.InstantValue instant -> stamp(instant.value());
      case Value.ListValue list -> {
        Type element = element(type.nonNull());
        yield list.items().stream()
            .map(item -> print(item, element))
            .collect(Collectors.joining(", "));
      }
      case StructValue struct ->
          type.nonNull() instanceof RecordType record && !record.declaredKey().isEmpty()
              ? reference(struct, record)
              : entries(struct, type.nonNull());
    };
  }

  /** What an evaluation prints as in text: its value, or the reason why there is none. */
  public static String print(Evaluation evaluation, Type type) {
    return switch (evaluation) {
      case Evaluation.Known known -> print(known.value(), type);
      case Evaluation.Undecided undecided -> undecided.reason();
    };
  }

  /** A share between 0 and 1 with two decimals, as confidences are printed. */
  public static String confidence(double confidence) {
    return String.format(Locale.ROOT, "%.2f", confidence);
  }

  /** In UTC and whole seconds: {@code 2026-11-21T03:00:00Z}. */
  public static String stamp(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String number(double number) {
    BigDecimal exact = BigDecimal.valueOf(number);
    BigDecimal rounded = exact.setScale(DECIMALS, RoundingMode.HALF_UP);
    if (rounded.signum() == 0) {
      rounded = exact.round(new MathContext(DECIMALS));
    }
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  private static Type element(Type type) {
    return switch (type) {
      case ListType list -> list.element();
      case SeriesType series -> series.value();
      default -> Special.ANY;
    };
  }

  private static String reference(StructValue struct, RecordType record) {
    List<String> parts = new ArrayList<>();
    for (String field : record.declaredKey()) {
      Value value = struct.get(field);
      if (value.isNull()) {
        value = record.defaults().getOrDefault(field, Value.NULL);
      }
      if (!value.isNull()) {
        parts.add(print(value, record.fields().getOrDefault(field, Special.ANY)));
      }
    }
    boolean address = record.declaredKey().equals(List.of("host", "port"));
    return parts.isEmpty() ? "-" : String.join(address ? ":" : "/", parts);
  }

  private static String entries(StructValue struct, Type type) {
    List<String> parts = new ArrayList<>();
    struct
        .fields()
        .forEach((name, value) -> parts.add(name + " " + print(value, field(type, name))));
    return parts.isEmpty() ? "-" : String.join(", ", parts);
  }

  private static Type field(Type type, String name) {
    return switch (type) {
      case RecordType record -> record.fields().getOrDefault(name, Special.ANY);
      case MapType map -> map.value();
      default -> Special.ANY;
    };
  }
}
