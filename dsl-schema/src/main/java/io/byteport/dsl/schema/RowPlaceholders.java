package io.byteport.dsl.schema;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Lets <code>${row.COLUMN}</code> stand in the cases of a test: a case with a table is filled in
 * before its shape is compared, so in the file every value and every key may hold one.
 */
final class RowPlaceholders {
  private static final String PLACEHOLDER = "\\$\\{\\s*row\\.";
  private static final List<String> MAPS = List.of("properties", "definitions");
  private static final List<String> SCHEMAS =
      List.of("items", "additionalProperties", "propertyNames", "then", "else");

  private RowPlaceholders() {}

  /** Changes a document of tests; every definition of it is for what cases hold. */
  static void allow(ObjectNode root) {
    root.path(Draft07.DEFINITIONS).forEach(RowPlaceholders::allowIn);
    root.at("/properties/cases/items/properties").forEach(RowPlaceholders::allowIn);
  }

  private static void allowIn(JsonNode node) {
    if (!(node instanceof ObjectNode schema)) {
      return;
    }
    for (Map.Entry<String, JsonNode> keyword : List.copyOf(schema.properties())) {
      if (MAPS.contains(keyword.getKey())) {
        keyword.getValue().forEach(RowPlaceholders::allowIn);
      } else if (SCHEMAS.contains(keyword.getKey())) {
        allowIn(keyword.getValue());
      }
    }
    if (schema.get("pattern") instanceof StringNode pattern) {
      schema.put("pattern", "(?:" + pattern.stringValue() + ")|" + PLACEHOLDER);
    }
    if (schema.get("enum") instanceof ArrayNode words) {
      schema.remove("enum");
      ArrayNode choices = schema.putArray("anyOf");
      choices.addObject().set("enum", words);
      choices.addObject().put("type", "string").put("pattern", PLACEHOLDER);
    }
    widen(schema);
  }

  /** What is no text may be one that holds a placeholder. */
  private static void widen(ObjectNode schema) {
    JsonNode type = schema.path("type");
    if (type.isMissingNode() || type.toString().contains("\"string\"")) {
      return;
    }
    ArrayNode types = schema.arrayNode();
    if (type.isArray()) {
      type.forEach(types::add);
    } else {
      types.add(type);
    }
    schema.set("type", types.add("string"));
    schema.put("pattern", PLACEHOLDER);
  }
}
