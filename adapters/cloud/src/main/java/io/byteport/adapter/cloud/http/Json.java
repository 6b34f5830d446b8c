package io.byteport.adapter.cloud.http;

import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * JSON that somebody else wrote, read by the names that are expected in it. A field of another type
 * is as one that is missing. Immutable.
 */
public final class Json {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Json MISSING = new Json(MissingNode.getInstance());

  private final JsonNode node;

  private Json(JsonNode node) {
    this.node = node;
  }

  /**
   * @throws ActionException if it is not JSON
   */
  public static Json of(Reply reply) throws ActionException {
    try {
      JsonNode tree = MAPPER.readTree(reply.bytes());
      return tree == null ? MISSING : new Json(tree);
    } catch (JacksonException notJson) {
      throw new ActionException(
          FailureKind.UNREACHABLE,
          reply.call().mayChange() ? ActionException.Effect.UNKNOWN : ActionException.Effect.NONE,
          "expected JSON, found something else (" + reply.call() + ")",
          notJson);
    }
  }

  /** What a text holds; nothing where it is not JSON. */
  public static Json lenient(String text) {
    try {
      JsonNode tree = MAPPER.readTree(text);
      return tree == null ? MISSING : new Json(tree);
    } catch (JacksonException notJson) {
      return MISSING;
    }
  }

  /** As text: maps, lists, texts, numbers, booleans and null. */
  public static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /** A value of the language as JSON: quantities as people write them, whole numbers as such. */
  public static @Nullable Object plain(Value value) {
    return switch (value) {
      case Value.NullValue none -> null;
      case Value.BooleanValue flag -> flag.value();
      case Value.NumberValue number -> number(number.value());
      case Value.TextValue text -> text.value();
      case Value.ListValue list -> {
        List<@Nullable Object> items = new ArrayList<>();
        list.items().forEach(item -> items.add(plain(item)));
        yield items;
      }
      case Value.StructValue struct -> {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        struct.fields().forEach((name, field) -> fields.put(name, plain(field)));
        yield fields;
      }
      case Value.SizeValue size -> size.value().bytes();
      case Value.PercentValue percent -> number(percent.value().points());
      case Value.DurationValue duration -> number(duration.value().toMillis() / 1000.0);
      case Value.InstantValue instant -> instant.value().toString();
    };
  }

  private static Object number(double number) {
    boolean whole = number == Math.rint(number) && Math.abs(number) < 1L << 53;
    if (whole) {
      return (long) number;
    }
    return number;
  }

  /** The whole as it is, to be written again. */
  public Object tree() {
    return node;
  }

  /** What lies there; something missing where nothing does. */
  public Json at(String... path) {
    JsonNode found = node;
    for (String name : path) {
      found = found.path(name);
    }
    return new Json(found);
  }

  public boolean isMissing() {
    return node.isMissingNode() || node.isNull();
  }

  public boolean isList() {
    return node.isArray();
  }

  /** The elements, in order; none where it is no list. */
  public List<Json> items() {
    List<Json> items = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(item -> items.add(new Json(item)));
    }
    return items;
  }

  /** The fields, in order; none where it is no object. */
  public Map<String, Json> fields() {
    Map<String, Json> fields = new LinkedHashMap<>();
    if (node.isObject()) {
      node.properties().forEach(field -> fields.put(field.getKey(), new Json(field.getValue())));
    }
    return fields;
  }

  /** The text or number there, as text. */
  public @Nullable String text(String... path) {
    JsonNode found = at(path).node;
    return found.isString() || found.isNumber() ? found.asString() : null;
  }

  /**
   * @throws ActionException if there is neither text nor number
   */
  public String needed(String... path) throws ActionException {
    String found = text(path);
    if (found == null) {
      throw lacks(path);
    }
    return found;
  }

  /** The number there, also one that is written as text. */
  public @Nullable Double number(String... path) {
    JsonNode found = at(path).node;
    if (found.isNumber()) {
      return found.asDouble();
    }
    try {
      return found.isString() ? Double.valueOf(found.asString()) : null;
    } catch (NumberFormatException none) {
      return null;
    }
  }

  public long whole(long otherwise, String... path) {
    Double found = number(path);
    return found == null || !Double.isFinite(found) ? otherwise : found.longValue();
  }

  /**
   * @throws ActionException if there is no number
   */
  public long wholeNeeded(String... path) throws ActionException {
    Double found = number(path);
    if (found == null || !Double.isFinite(found)) {
      throw lacks(path);
    }
    return found.longValue();
  }

  public boolean isTrue(String... path) {
    JsonNode found = at(path).node;
    return found.isBoolean() && found.asBoolean();
  }

  /** The instant there, in ISO 8601 with an offset. */
  public @Nullable Instant instant(String... path) {
    String found = text(path);
    return found == null ? null : parseInstant(found);
  }

  /**
   * @throws ActionException if there is no instant
   */
  public Instant instantNeeded(String... path) throws ActionException {
    Instant found = instant(path);
    if (found == null) {
      throw lacks(path);
    }
    return found;
  }

  /** An instant in ISO 8601 with an offset; null where it is none. */
  public static @Nullable Instant parseInstant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException none) {
      return null;
    }
  }

  /** As it was, without spaces between. */
  @Override
  public String toString() {
    return isMissing() ? "" : node.toString();
  }

  private static ActionException lacks(String... path) {
    return ActionException.refused(
        FailureKind.UNREACHABLE, "the answer has no `" + String.join(".", path) + "`");
  }
}
