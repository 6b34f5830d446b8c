package io.byteport.dsl.type;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.byteport.dsl.type.Type.EnumType;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.MapType;
import io.byteport.dsl.type.Type.NullableType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.Type.SeriesType;
import io.byteport.dsl.type.Type.Special;
import io.byteport.dsl.value.ForeignUnits;
import io.byteport.dsl.value.Quantities;
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
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a value of an expected type from a constant, as it stands in YAML, on the command line or
 * in an environment variable: {@code 256Mi} is a text there and becomes a size. What already is of
 * the type stays as it is.
 */
public final class LiteralCoercion {
  private static final int LONGEST_REGEX = 20_000;

  private LiteralCoercion() {}

  /** What came of a constant. */
  public sealed interface Coerced {}

  public record Fits(Value value) implements Coerced {}

  /**
   * @param message one sentence: what was expected, then what was found
   * @param hint how to write it, or null
   * @param path where inside a list or map the misfit is: numbers and keys joined by dots, empty
   *     for the whole
   */
  public record Misfit(String message, @Nullable String hint, String path) implements Coerced {}

  /** Makes a value of the type, or says why none can be made. Never throws. */
  public static Coerced coerce(Value value, Type type) {
    return switch (type) {
      case NullableType nullable ->
          value.isNull() ? new Fits(value) : coerce(value, nullable.inner());
      case Special special -> new Fits(value);
      case Scalar scalar -> scalar(value, scalar);
      case EnumType words -> word(value, words);
      case ListType list -> list(value, list);
      case MapType map -> map(value, map);
      case SeriesType series -> series(value, series);
      case RecordType record -> record(value, record);
    };
  }

  private static Coerced scalar(Value value, Scalar type) {
    Optional<? extends Value> made =
        switch (type) {
          case STRING, PATH, DOMAIN ->
              value instanceof TextValue ? Optional.of(value) : Optional.empty();
          case BOOLEAN -> value instanceof BooleanValue ? Optional.of(value) : bool(value);
          case NUMBER -> value instanceof NumberValue ? Optional.of(value) : number(value);
          case INTEGER ->
              (value instanceof NumberValue same ? Optional.of(same) : number(value))
                  .filter(n -> n.value() == Math.rint(n.value()));
          case DURATION ->
              value instanceof DurationValue
                  ? Optional.of(value)
                  : text(value).flatMap(Quantities::duration).map(Value::of);
          case SIZE ->
              value instanceof SizeValue
                  ? Optional.of(value)
                  : text(value).flatMap(Quantities::size).map(Value::of);
          case PERCENT ->
              value instanceof PercentValue
                  ? Optional.of(value)
                  : text(value).flatMap(Quantities::percent).map(Value::of);
          case INSTANT ->
              value instanceof InstantValue
                  ? Optional.of(value)
                  : text(value).flatMap(LiteralCoercion::instant).map(Value::of);
          case REGEX -> value instanceof TextValue ? Optional.of(value) : Optional.empty();
        };
    if (type == Scalar.REGEX && value instanceof TextValue pattern) {
      Optional<String> wrong = regexError(pattern.value());
      if (wrong.isPresent()) {
        return new Misfit(
            "expected a regular expression, found one that does not compile: " + wrong.get(),
            null,
            "");
      }
    }
    return made.<Coerced>map(Fits::new).orElseGet(() -> misfit(type, value));
  }

  /** Why a text is no regular expression of RE2's syntax, or empty where it is one. */
  public static Optional<String> regexError(String pattern) {
    if (RegexSize.of(pattern) > LONGEST_REGEX) {
      return Optional.of("one that repeats itself into more than " + LONGEST_REGEX + " characters");
    }
    try {
      Pattern.compile(pattern);
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of(
          e.getPattern().isEmpty()
              ? e.getDescription()
              : e.getDescription() + ": `" + e.getPattern() + "`");
    }
  }

  private static Optional<String> text(Value value) {
    return value instanceof TextValue text ? Optional.of(text.value()) : Optional.empty();
  }

  private static Optional<Value> bool(Value value) {
    return text(value)
        .filter(text -> text.equals("true") || text.equals("false"))
        .map(text -> Value.of(text.equals("true")));
  }

  private static Optional<NumberValue> number(Value value) {
    return text(value)
        .filter(text -> text.length() <= 30 && text.matches("-?[0-9]+(\\.[0-9]+)?"))
        .map(text -> Value.of(Double.parseDouble(text)));
  }

  /** An instant in ISO 8601 with a zone or offset. */
  public static Optional<Instant> instant(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException notAnInstant) {
      return Optional.empty();
    }
  }

  private static Coerced word(Value value, EnumType type) {
    return text(value).filter(type.words()::contains).isPresent()
        ? new Fits(value)
        : new Misfit(
            "expected one of `"
                + String.join("`, `", type.words())
                + "`, found "
                + described(value),
            null,
            "");
  }

  private static Coerced list(Value value, ListType type) {
    if (!(value instanceof ListValue list)) {
      return misfit(type, value);
    }
    List<Value> items = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      switch (coerce(list.items().get(i), type.element())) {
        case Fits fits -> items.add(fits.value());
        case Misfit misfit -> {
          return inside(String.valueOf(i), misfit);
        }
      }
    }
    return new Fits(Value.of(items));
  }

  private static Coerced map(Value value, MapType type) {
    if (!(value instanceof StructValue struct)) {
      return misfit(type, value);
    }
    Map<String, Value> fields = new LinkedHashMap<>();
    for (Map.Entry<String, Value> field : struct.fields().entrySet()) {
      switch (coerce(field.getValue(), type.value())) {
        case Fits fits -> fields.put(field.getKey(), fits.value());
        case Misfit misfit -> {
          return inside(field.getKey(), misfit);
        }
      }
    }
    return new Fits(Value.of(fields));
  }

  private static Coerced record(Value value, RecordType type) {
    if (type.isInventory() && value instanceof TextValue) {
      return new Fits(value);
    }
    if (!(value instanceof StructValue struct)) {
      return misfit(type, value);
    }
    Map<String, Value> fields = new LinkedHashMap<>();
    for (Map.Entry<String, Value> field : struct.fields().entrySet()) {
      Type fieldType = type.fields().get(field.getKey());
      if (fieldType == null) {
        return new Misfit(
            "expected a field of `" + type + "`, found `" + field.getKey() + "`",
            "there is `" + String.join("`, `", type.fields().keySet()) + "`",
            field.getKey());
      }
      switch (coerce(field.getValue(), fieldType)) {
        case Fits fits -> fields.put(field.getKey(), fits.value());
        case Misfit misfit -> {
          return inside(field.getKey(), misfit);
        }
      }
    }
    return new Fits(Value.of(fields));
  }

  /**
   * Points in time, or what functions over the series shall answer, which is a percent for one and
   * a number for another.
   */
  private static Coerced series(Value value, SeriesType type) {
    if (value instanceof StructValue) {
      return new Fits(value);
    }
    RecordType point = RecordType.of("Point", Map.of("at", Scalar.INSTANT, "value", type.value()));
    return coerce(value, new ListType(point));
  }

  private static Misfit inside(String step, Misfit misfit) {
    String path = misfit.path().isEmpty() ? step : step + "." + misfit.path();
    return new Misfit(misfit.message(), misfit.hint(), path);
  }

  private static Misfit misfit(Type type, Value value) {
    return new Misfit(
        "expected " + withArticle(type) + ", found " + described(value), spelling(type, value), "");
  }

  private static String withArticle(Type type) {
    String name = type.toString();
    return ("aeiou".indexOf(Character.toLowerCase(name.charAt(0))) >= 0 ? "an " : "a ") + name;
  }

  /** How a value of the type is written. */
  private static @Nullable String spelling(Type type, Value value) {
    String number = value instanceof NumberValue n ? Quantities.number(n.value()) : null;
    if (!(type instanceof Scalar scalar)) {
      return null;
    }
    Optional<String> meant =
        value instanceof TextValue text ? ForeignUnits.meant(text.value()) : Optional.empty();
    if (meant.isPresent() && isCertain(scalar, meant.get())) {
      return "did you mean `" + meant.get() + "`?";
    }
    return switch (scalar) {
      case DURATION -> "say the unit, as in `" + (number == null ? "15" : number) + "s` or `1h30m`";
      case SIZE -> "say the unit, as in `" + (number == null ? "256" : number) + "Mi` or `2G`";
      case PERCENT -> "write `" + (number == null ? "80" : number) + "%`";
      case INSTANT -> "write it as `2026-11-21T03:00:00Z`";
      case STRING, PATH, DOMAIN, REGEX ->
          number != null || value instanceof BooleanValue ? "put it into quotes" : null;
      case BOOLEAN -> "write `true` or `false`";
      case NUMBER, INTEGER -> null;
    };
  }

  /** Whether nothing else can be meant here, as it can by {@code 256MB}. */
  private static boolean isCertain(Scalar scalar, String meant) {
    return switch (scalar) {
      case DURATION -> Quantities.duration(meant).isPresent();
      case PERCENT -> Quantities.percent(meant).isPresent();
      case SIZE, STRING, PATH, DOMAIN, REGEX, BOOLEAN, NUMBER, INTEGER, INSTANT -> false;
    };
  }

  private static String described(Value value) {
    return switch (value) {
      case Value.NullValue none -> "null";
      case BooleanValue bool -> "`" + bool.value() + "`";
      case NumberValue number -> "the number `" + Quantities.number(number.value()) + "`";
      case TextValue text -> "`" + text.value() + "`";
      case DurationValue duration -> "the duration `" + Quantities.print(duration.value()) + "`";
      case SizeValue size -> "the size `" + size.value() + "`";
      case PercentValue percent -> "the percent `" + percent.value() + "`";
      case InstantValue instant -> "the instant `" + instant.value() + "`";
      case ListValue list -> "a list";
      case StructValue struct -> "a map";
    };
  }
}
