package io.byteport.dsl.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lets <code>${row.COLUMN}</code> stand for any value of a test, as it may in a case with a table.
 * The program itself fills tables before it looks at their shape; an editor cannot.
 */
final class RowSchemas {
  private static final String PLACEHOLDER = "\\$\\{\\s*row\\.[A-Za-z][A-Za-z0-9_]*\\s*}";
  private static final List<String> OF_ONE =
      List.of("items", "additionalProperties", "propertyNames");
  private static final Set<String> TOLD =
      Set.of("description", "markdownDescription", "title", "default", "examples");

  private RowSchemas() {}

  /**
   * @param root the schema of tests, as editors are given it
   */
  static void allow(ObjectNode root) {
    children(root.withObject("/" + Draft07.DEFINITIONS)).forEach(RowSchemas::value);
    ObjectNode one = root.withObject("/properties/cases/items/properties");
    for (Map.Entry<String, JsonNode> field : one.properties()) {
      boolean filled = !Set.of("each", "focus", "tags", "use").contains(field.getKey());
      if (filled && field.getValue() instanceof ObjectNode schema) {
        value(schema);
      }
    }
  }

  private static List<ObjectNode> children(ObjectNode schemas) {
    List<ObjectNode> children = new ArrayList<>();
    schemas.forEach(
        child -> {
          if (child instanceof ObjectNode schema) {
            children.add(schema);
          }
        });
    return children;
  }

  /** What stands inside first, so that nothing is changed twice. */
  private static void value(ObjectNode schema) {
    if (schema.get("properties") instanceof ObjectNode properties) {
      children(properties).forEach(RowSchemas::value);
    }
    for (String keyword : OF_ONE) {
      if (schema.get(keyword) instanceof ObjectNode inner) {
        value(inner);
      }
    }
    boolean narrow = schema.has("type") || schema.has("enum") || schema.has("pattern");
    if (narrow && !schema.has("$ref")) {
      ObjectNode plain = schema.deepCopy();
      plain.remove(TOLD);
      List<String> moved =
          plain.properties().stream()
              .map(Map.Entry::getKey)
              .filter(key -> !key.equals("$id"))
              .toList();
      schema.remove(moved);
      schema.putArray("anyOf").add(plain);
      schema.withArray("/anyOf").addObject().put("type", "string").put("pattern", PLACEHOLDER);
    }
  }
}
