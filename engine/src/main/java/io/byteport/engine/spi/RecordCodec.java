package io.byteport.engine.spi;

import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import io.byteport.dsl.value.Quantities;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns the values of the language into the records of an action and back, by the names and types
 * of the record's components.
 *
 * <p>A component is a {@code String}, {@code boolean}, {@code int}, {@code long}, {@code double}
 * (or their boxes), {@link Duration}, {@link DataSize}, {@link Percent}, {@link Instant}, an enum
 * (see {@link Word}), a {@code List}, a {@code Map<String, ?>}, another record, or {@link Value}
 * for JSON of any shape. A text stands for a record that needs nothing but a {@code name}, as an
 * entry of the inventory does. One that may be missing or null is marked {@link Nullable}.
 * Reflection is paid once for each record type. Safe for several threads.
 */
public final class RecordCodec {
  /** Integers beyond this are no longer exact as numbers of the language. */
  private static final long MAX_EXACT = 1L << 53;

  private static final String NAME = "name";

  private final Map<Class<?>, RecordShape> shapes = new ConcurrentHashMap<>();
  private final Map<Class<?>, Words> words = new ConcurrentHashMap<>();

  /**
   * Makes a record. Fields that the record does not have are refused here, so that an action never
   * overlooks an input; in records within it they are left out, since a richer record may stand for
   * a plainer one (a pod for the reference to it).
   *
   * @throws RecordMismatchException if a field is missing, unknown or of another type, or the
   *     record's constructor refuses
   */
  public <R extends Record> R read(StructValue value, Class<R> type) {
    RecordShape shape = shape(type);
    for (String field : value.fields().keySet()) {
      if (!shape.components().containsKey(field)) {
        throw new RecordMismatchException(
            "`" + field + "` is not an input; there are " + shape.components().keySet());
      }
    }
    return type.cast(readRecord(value, shape, ""));
  }

  /** The fields of a record; null components are {@link Value#NULL}. */
  public StructValue write(Record record) {
    Map<String, Value> fields = new LinkedHashMap<>();
    shape(record.getClass())
        .components()
        .forEach((name, component) -> fields.put(name, write(component.get(record), name)));
    return new StructValue(fields);
  }

  RecordShape shape(Class<?> type) {
    return shapes.computeIfAbsent(type, RecordShape::of);
  }

  @SuppressWarnings("unchecked")
  Words words(Class<?> type) {
    return words.computeIfAbsent(type, missing -> new Words((Class<? extends Enum<?>>) missing));
  }

  private Object readRecord(StructValue value, RecordShape shape, String path) {
    List<@Nullable Object> arguments = new ArrayList<>();
    shape
        .components()
        .forEach(
            (name, component) -> {
              String place = path.isEmpty() ? name : path + "." + name;
              arguments.add(read(value.get(name), component.type(), place));
            });
    try {
      return shape.create(arguments);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new RecordMismatchException(
          (path.isEmpty() ? "the input" : "`" + path + "`")
              + " is not valid: "
              + cause.getMessage());
    }
  }

  private @Nullable Object read(Value value, AnnotatedType type, String path) {
    Type plain = type.getType();
    if (plain == Value.class) {
      return value;
    }
    if (value.isNull()) {
      if (type.isAnnotationPresent(Nullable.class)) {
        return null;
      }
      throw new RecordMismatchException("`" + path + "` is missing");
    }
    if (plain instanceof ParameterizedType) {
      return readCollection(value, (AnnotatedParameterizedType) type, path);
    }
    if (plain instanceof Class<?> raw) {
      return readPlain(value, raw, path);
    }
    throw unsupported(plain, path);
  }

  private Object readCollection(Value value, AnnotatedParameterizedType type, String path) {
    Type raw = ((ParameterizedType) type.getType()).getRawType();
    AnnotatedType[] arguments = type.getAnnotatedActualTypeArguments();
    if (raw == List.class) {
      if (!(value instanceof Value.ListValue list)) {
        throw mismatch(path, "a list", value);
      }
      List<@Nullable Object> items = new ArrayList<>();
      for (int i = 0; i < list.items().size(); i++) {
        items.add(read(list.items().get(i), arguments[0], path + "[" + i + "]"));
      }
      return java.util.Collections.unmodifiableList(items);
    }
    if (raw == Map.class && arguments[0].getType() == String.class) {
      if (!(value instanceof StructValue struct)) {
        throw mismatch(path, "a map", value);
      }
      Map<String, @Nullable Object> entries = new LinkedHashMap<>();
      struct
          .fields()
          .forEach((key, entry) -> entries.put(key, read(entry, arguments[1], path + "." + key)));
      return java.util.Collections.unmodifiableMap(entries);
    }
    throw unsupported(type.getType(), path);
  }

  private Object readPlain(Value value, Class<?> type, String path) {
    if (type == String.class) {
      return value instanceof Value.TextValue text ? text.value() : refuse(path, "text", value);
    }
    if (type == boolean.class || type == Boolean.class) {
      return value instanceof Value.BooleanValue flag
          ? flag.value()
          : refuse(path, "true or false", value);
    }
    if (type == double.class || type == Double.class) {
      return value instanceof Value.NumberValue number
          ? number.value()
          : refuse(path, "a number", value);
    }
    if (type == long.class || type == Long.class) {
      return whole(value, -MAX_EXACT, MAX_EXACT, path);
    }
    if (type == int.class || type == Integer.class) {
      return (int) whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE, path);
    }
    if (type == Duration.class) {
      return value instanceof Value.DurationValue duration
          ? duration.value()
          : refuse(path, "a duration", value);
    }
    if (type == DataSize.class) {
      return value instanceof Value.SizeValue size ? size.value() : refuse(path, "a size", value);
    }
    if (type == Percent.class) {
      return value instanceof Value.PercentValue percent
          ? percent.value()
          : refuse(path, "a percent", value);
    }
    if (type == Instant.class) {
      return value instanceof Value.InstantValue instant
          ? instant.value()
          : refuse(path, "an instant", value);
    }
    if (type.isEnum()) {
      return readWord(value, type, path);
    }
    if (type.isRecord()) {
      return switch (value) {
        case StructValue struct -> readRecord(struct, shape(type), path);
        case Value.TextValue name when isKnownByName(shape(type)) ->
            readRecord(StructValue.EMPTY.with(NAME, name), shape(type), path);
        default -> refuse(path, "a record", value);
      };
    }
    throw unsupported(type, path);
  }

  /** Whether a record needs nothing but a name: a text stands for an entry of the inventory. */
  private static boolean isKnownByName(RecordShape shape) {
    return shape.components().entrySet().stream()
        .allMatch(
            component ->
                component.getKey().equals(NAME)
                    ? component.getValue().type().getType() == String.class
                    : component.getValue().type().isAnnotationPresent(Nullable.class));
  }

  private static long whole(Value value, long least, long most, String path) {
    if (!(value instanceof Value.NumberValue number)) {
      throw mismatch(path, "an integer", value);
    }
    double amount = number.value();
    if (amount != Math.rint(amount) || amount < least || amount > most) {
      throw mismatch(path, "an integer from " + least + " to " + most, value);
    }
    return (long) amount;
  }

  private Enum<?> readWord(Value value, Class<?> type, String path) {
    Map<String, Enum<?>> constants = words(type).constants();
    Enum<?> constant = value instanceof Value.TextValue text ? constants.get(text.value()) : null;
    if (constant == null) {
      throw mismatch(path, "one of " + constants.keySet(), value);
    }
    return constant;
  }

  private Value write(@Nullable Object object, String path) {
    return switch (object) {
      case null -> Value.NULL;
      case Value value -> value;
      case String text -> Value.of(text);
      case Boolean flag -> Value.of(flag);
      case Double number -> finite(number, path);
      case Integer number -> Value.of((double) number);
      case Long number -> exact(number, path);
      case Duration duration -> Value.of(duration);
      case DataSize size -> Value.of(size);
      case Percent percent -> Value.of(percent);
      case Instant instant -> Value.of(instant);
      case Enum<?> word -> Value.of(words(word.getDeclaringClass()).of(word));
      case List<?> list -> {
        List<Value> items = new ArrayList<>();
        for (Object item : list) {
          items.add(write(item, path + "[" + items.size() + "]"));
        }
        yield Value.of(items);
      }
      case Map<?, ?> map -> {
        Map<String, Value> entries = new LinkedHashMap<>();
        map.forEach((key, entry) -> entries.put((String) key, write(entry, path + "." + key)));
        yield Value.of(entries);
      }
      case Record record -> write(record);
      default -> throw unsupported(object.getClass(), path);
    };
  }

  private static Value finite(double number, String path) {
    if (!Double.isFinite(number)) {
      throw new RecordMismatchException("`" + path + "` must be a finite number, but is " + number);
    }
    return Value.of(number);
  }

  private static Value exact(long number, String path) {
    if (Math.abs(number) > MAX_EXACT) {
      throw new RecordMismatchException("`" + path + "` must be below 2^53, but is " + number);
    }
    return Value.of((double) number);
  }

  private static Object refuse(String path, String expected, Value found) {
    throw mismatch(path, expected, found);
  }

  private static RecordMismatchException mismatch(String path, String expected, Value found) {
    return new RecordMismatchException(
        "`" + path + "` must be " + expected + ", but is " + brief(found));
  }

  private static RecordMismatchException unsupported(Type type, String path) {
    return new RecordMismatchException(
        "`" + path + "` is a " + type.getTypeName() + ", which no value of the language becomes");
  }

  private static String brief(Value value) {
    return switch (value) {
      case Value.NullValue none -> "null";
      case Value.BooleanValue flag -> String.valueOf(flag.value());
      case Value.NumberValue number -> "the number " + Quantities.number(number.value());
      case Value.TextValue text ->
          "the text \"" + text.value().substring(0, Math.min(40, text.value().length())) + "\"";
      case Value.DurationValue duration -> "the duration " + Quantities.print(duration.value());
      case Value.SizeValue size -> "the size " + size.value();
      case Value.PercentValue percent -> "the percent " + percent.value();
      case Value.InstantValue instant -> "the instant " + instant.value();
      case Value.ListValue list -> "a list of " + list.items().size();
      case StructValue struct -> "a record with " + struct.fields().keySet();
    };
  }
}
