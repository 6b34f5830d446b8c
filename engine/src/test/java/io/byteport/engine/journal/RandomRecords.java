package io.byteport.engine.journal;

import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import io.byteport.dsl.value.Value;
import io.byteport.engine.run.AgentLimit;
import io.byteport.engine.run.Autonomy;
import io.byteport.engine.run.Policy;
import io.byteport.engine.run.StormLimits;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes instances of any record of the engine from a seed. */
final class RandomRecords {
  private static final String[] TEXTS = {
    "",
    "api-1",
    "null",
    "$duration",
    "Ümläut \uD83D\uDE00",
    "line\nline",
    "\"quoted\"",
    "\u0000\u0007",
    "{}",
    "- ${x}"
  };

  /** Records of records end here. */
  private static final int DEEPEST = 12;

  private final Random random;
  private int depth;

  RandomRecords(long seed) {
    this.random = new Random(seed);
  }

  /** All records of a sealed family. */
  static List<Class<?>> members(Class<?> family) {
    List<Class<?>> members = new ArrayList<>();
    for (Class<?> type : family.getPermittedSubclasses()) {
      members.addAll(type.isSealed() ? members(type) : List.of(type));
    }
    return members;
  }

  Object make(Class<?> type) {
    depth++;
    try {
      RecordComponent[] parts = type.getRecordComponents();
      Object[] arguments = new Object[parts.length];
      for (int i = 0; i < parts.length; i++) {
        arguments[i] = value(parts[i].getAnnotatedType());
      }
      var constructor =
          type.getDeclaredConstructor(
              Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(type.toString(), e);
    } finally {
      depth--;
    }
  }

  private Object value(AnnotatedType type) {
    if (type.isAnnotationPresent(Nullable.class) && random.nextInt(3) == 0) {
      return null;
    }
    if (type.getType() instanceof ParameterizedType plain) {
      AnnotatedType[] arguments =
          ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments();
      int count = depth > DEEPEST ? 0 : random.nextInt(3);
      if (plain.getRawType() == List.class) {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          list.add(value(arguments[0]));
        }
        return list;
      }
      Map<Object, Object> map = new LinkedHashMap<>();
      for (int i = 0; i < count; i++) {
        map.put("key " + i, value(arguments[1]));
      }
      return map;
    }
    return plain((Class<?>) type.getType());
  }

  private Object plain(Class<?> type) {
    if (type == String.class) {
      return text();
    } else if (type == int.class || type == Integer.class) {
      return random.nextInt();
    } else if (type == long.class || type == Long.class) {
      return random.nextLong();
    } else if (type == double.class || type == Double.class) {
      return random.nextGaussian() * 1000;
    } else if (type == boolean.class || type == Boolean.class) {
      return random.nextBoolean();
    } else if (type == Instant.class) {
      return instant();
    } else if (type == Duration.class) {
      return duration();
    } else if (type == StormLimits.class) {
      return random.nextBoolean()
          ? StormLimits.NONE
          : StormLimits.of(
              1 + random.nextInt(9), 1 + random.nextInt(99), Duration.ofMinutes(1 + depth));
    } else if (type == Policy.class) {
      return new Policy(
          (Autonomy) plain(Autonomy.class),
          Map.of(text(), (Autonomy) plain(Autonomy.class)),
          (StormLimits) plain(StormLimits.class),
          List.of((AgentLimit) plain(AgentLimit.class)),
          Duration.ofMillis(1 + random.nextInt(Integer.MAX_VALUE)));
    } else if (type == AgentLimit.class) {
      return new AgentLimit(
          text(), random.nextInt(9), Duration.ofMinutes(1 + depth), List.of(text()), List.of());
    } else if (type == Value.StructValue.class) {
      return struct(2);
    } else if (Value.class.isAssignableFrom(type)) {
      return value(3);
    } else if (type.isEnum()) {
      return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
    } else if (type.isSealed()) {
      List<Class<?>> members = members(type);
      return make(members.get(random.nextInt(members.size())));
    } else if (type.isRecord()) {
      return make(type);
    }
    throw new AssertionError("no values of " + type);
  }

  private String text() {
    return TEXTS[random.nextInt(TEXTS.length)];
  }

  private Instant instant() {
    return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
  }

  private Duration duration() {
    return Duration.ofSeconds(random.nextInt(), random.nextInt(1_000_000_000));
  }

  Value value(int depth) {
    return switch (random.nextInt(depth > 0 ? 10 : 8)) {
      case 0 -> Value.NULL;
      case 1 -> Value.of(random.nextBoolean());
      case 2 -> Value.of(random.nextBoolean() ? random.nextInt() : random.nextGaussian());
      case 3 -> Value.of(text());
      case 4 -> Value.of(duration());
      case 5 -> Value.of(new DataSize(random.nextLong()));
      case 6 -> Value.of(new Percent(random.nextGaussian() * 100));
      case 7 -> Value.of(instant());
      case 8 -> {
        List<Value> items = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
          items.add(value(depth - 1));
        }
        yield Value.of(items);
      }
      default -> struct(depth - 1);
    };
  }

  private Value.StructValue struct(int depth) {
    Map<String, Value> fields = new LinkedHashMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      fields.put(
          random.nextInt(5) == 0 ? "$" + i : random.nextInt(5) == 0 ? "$size" : "field" + i,
          value(depth));
    }
    return new Value.StructValue(fields);
  }
}
