package io.byteport.engine.journal;

import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Values as JSON that keeps their kind. What JSON has is written as it is; quantities and times are
 * objects with one tagged field, such as <code>{"$duration": "PT5M"}</code>, {@code $size} in
 * bytes, {@code $percent} in points, {@code $instant}. A record with a field whose name begins with
 * a dollar sign stands within {@code $record}.
 */
public final class ValueJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ValueJson() {}

  public static JsonNode toJson(Value value) {
    return switch (value) {
      case Value.NullValue none -> NODES.nullNode();
      case Value.BooleanValue flag -> NODES.booleanNode(flag.value());
      case Value.NumberValue number -> number(number.value());
      case Value.TextValue text -> NODES.stringNode(text.value());
      case Value.DurationValue duration ->
          tagged("$duration", NODES.stringNode(duration.value().toString()));
      case Value.SizeValue size -> tagged("$size", NODES.numberNode(size.value().bytes()));
      case Value.PercentValue percent ->
          tagged("$percent", NODES.numberNode(percent.value().points()));
      case Value.InstantValue instant ->
          tagged("$instant", NODES.stringNode(instant.value().toString()));
      case Value.ListValue list -> {
        ArrayNode items = NODES.arrayNode();
        list.items().forEach(item -> items.add(toJson(item)));
        yield items;
      }
      case StructValue struct -> {
        ObjectNode fields = NODES.objectNode();
        struct.fields().forEach((name, field) -> fields.set(name, toJson(field)));
        boolean ambiguous =
            struct.fields().keySet().stream().anyMatch(name -> name.startsWith("$"));
        yield ambiguous ? tagged("$record", fields) : fields;
      }
    };
  }

  private static JsonNode number(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1L << 53
        ? NODES.numberNode((long) number)
        : NODES.numberNode(number);
  }

  private static ObjectNode tagged(String tag, JsonNode content) {
    ObjectNode node = NODES.objectNode();
    node.set(tag, content);
    return node;
  }

  /**
   * The value that a JSON tree stands for; a tree without tags is plain JSON.
   *
   * @throws IllegalArgumentException if a tag is not known or its content not readable
   */
  public static Value fromJson(JsonNode node) {
    return switch (node.getNodeType()) {
      case NULL, MISSING -> Value.NULL;
      case BOOLEAN -> Value.of(node.booleanValue());
      case NUMBER -> Value.of(node.doubleValue());
      case STRING -> Value.of(node.stringValue());
      case ARRAY -> {
        List<Value> items = new ArrayList<>();
        node.forEach(item -> items.add(fromJson(item)));
        yield Value.of(items);
      }
      case OBJECT -> {
        String first = node.isEmpty() ? "" : node.propertyNames().iterator().next();
        yield first.startsWith("$") ? untagged(first, node.get(first)) : struct(node);
      }
      case BINARY, POJO -> throw new IllegalArgumentException("not JSON: " + node.getNodeType());
    };
  }

  private static StructValue struct(JsonNode node) {
    Map<String, Value> fields = new LinkedHashMap<>();
    node.properties().forEach(field -> fields.put(field.getKey(), fromJson(field.getValue())));
    return new StructValue(fields);
  }

  private static Value untagged(String tag, JsonNode content) {
    try {
      return switch (tag) {
        case "$duration" -> Value.of(Duration.parse(content.stringValue()));
        case "$instant" -> Value.of(Instant.parse(content.stringValue()));
        case "$size" -> Value.of(new DataSize(content.longValue()));
        case "$percent" -> Value.of(new Percent(content.doubleValue()));
        case "$record" -> struct(content);
        default -> throw new IllegalArgumentException("the tag `" + tag + "` is not known");
      };
    } catch (DateTimeException | tools.jackson.core.JacksonException e) {
      throw new IllegalArgumentException("`" + tag + "` cannot be read: " + e.getMessage(), e);
    }
  }
}
