package io.byteport.dsl.schema;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Our schemas, which are of JSON Schema 2020-12, as draft-07, which editors know best: definitions
 * and dependencies have other names there. What else stands in them is the same in both. Each
 * description is said once more as Markdown, which it is.
 */
final class Draft07 {
  static final String DEFINITIONS = "definitions";
  static final String REFERENCE = "#/definitions/";

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Draft07() {}

  /** A whole document; it loses its {@code $id}, since it is another document now. */
  static ObjectNode of(JsonNode document) {
    ObjectNode root = schema(document);
    root.remove("$id");
    root.put("$schema", "http://json-schema.org/draft-07/schema#");
    return root;
  }

  private static ObjectNode schema(JsonNode source) {
    ObjectNode schema = NODES.objectNode();
    for (Map.Entry<String, JsonNode> keyword : source.properties()) {
      JsonNode value = keyword.getValue();
      switch (keyword.getKey()) {
        case "$ref" -> schema.put("$ref", value.stringValue().replace("#/$defs/", REFERENCE));
        case "$defs" -> schema.set(DEFINITIONS, schemas(value));
        case "dependentRequired", "dependentSchemas" -> depend(schema, value);
        case "properties", "patternProperties" -> schema.set(keyword.getKey(), schemas(value));
        case "description" -> {
          schema.set("description", value);
          schema.set("markdownDescription", value);
        }
        default -> schema.set(keyword.getKey(), nested(keyword.getKey(), value));
      }
    }
    return schema;
  }

  /** A keyword's value, in which schemas stand unless it holds constants. */
  private static JsonNode nested(String keyword, JsonNode value) {
    boolean constant = keyword.equals("enum") || keyword.equals("const");
    if (constant || !value.isContainer()) {
      return value;
    }
    if (value.isObject()) {
      return schema(value);
    }
    ArrayNode array = NODES.arrayNode();
    value.forEach(each -> array.add(each.isObject() ? schema(each) : each));
    return array;
  }

  private static ObjectNode schemas(JsonNode byName) {
    ObjectNode schemas = NODES.objectNode();
    byName.forEachEntry((name, each) -> schemas.set(name, each.isObject() ? schema(each) : each));
    return schemas;
  }

  /** One keyword for both kinds of dependencies: a list of fields or a schema. */
  private static void depend(ObjectNode schema, JsonNode dependencies) {
    ObjectNode all = schema.withObject("/dependencies");
    dependencies.forEachEntry(
        (field, each) -> {
          if (all.has(field)) {
            throw new IllegalStateException("two dependencies of " + field);
          }
          all.set(field, each.isArray() ? each : schema(each));
        });
  }
}
