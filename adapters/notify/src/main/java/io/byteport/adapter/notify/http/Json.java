package io.byteport.adapter.notify.http;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** JSON, written from maps and lists, and read leniently. */
public final class Json {
  private static final JsonMapper MAPPER = new JsonMapper();

  private Json() {}

  /** Of maps, lists, texts, numbers and booleans; in the order of the maps. */
  public static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /** Something missing where it is no JSON. */
  public static JsonNode read(String text) {
    try {
      JsonNode tree = MAPPER.readTree(text);
      return tree == null ? MissingNode.getInstance() : tree;
    } catch (JacksonException notJson) {
      return MissingNode.getInstance();
    }
  }

  /** The text there; empty where there is none. */
  public static String text(JsonNode node, String field) {
    JsonNode found = node.path(field);
    return found.isString() || found.isNumber() ? found.asString() : "";
  }
}
