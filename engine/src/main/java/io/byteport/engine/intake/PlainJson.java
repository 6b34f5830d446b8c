package io.byteport.engine.intake;

import io.byteport.dsl.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON as values, and nothing read into it: what a stranger sent means what it says. */
final class PlainJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private PlainJson() {}

  /**
   * @throws IllegalArgumentException with the reason, if it is no JSON
   */
  static Value read(byte[] json) {
    try {
      JsonNode tree = MAPPER.readTree(json);
      if (tree == null || tree.isMissingNode()) {
        throw new IllegalArgumentException("expected JSON, found nothing");
      }
      return value(tree);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("expected JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static Value value(JsonNode node) {
    return switch (node.getNodeType()) {
      case NULL, MISSING, BINARY, POJO -> Value.NULL;
      case BOOLEAN -> Value.of(node.booleanValue());
      case NUMBER -> number(node);
      case STRING -> Value.of(node.stringValue());
      case ARRAY -> {
        List<Value> items = new ArrayList<>();
        node.forEach(item -> items.add(value(item)));
        yield Value.of(items);
      }
      case OBJECT -> {
        Map<String, Value> fields = new LinkedHashMap<>();
        node.properties().forEach(field -> fields.put(field.getKey(), value(field.getValue())));
        yield Value.of(fields);
      }
    };
  }

  /** What no number can hold stays the text that it was. */
  private static Value number(JsonNode node) {
    double number = node.asDouble();
    return Double.isFinite(number) ? Value.of(number) : Value.of(node.asString());
  }
}
