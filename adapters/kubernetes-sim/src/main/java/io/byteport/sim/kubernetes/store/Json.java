package io.byteport.sim.kubernetes.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reading and building of JSON trees by path; a missing member reads as empty, zero or false. */
public final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /** An empty object. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** An object of alternating keys and values; a null value leaves the member out. */
  public static ObjectNode object(@Nullable Object... keysAndValues) {
    ObjectNode node = object();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      Object value = keysAndValues[i + 1];
      if (value != null) {
        node.set(String.valueOf(keysAndValues[i]), tree(value));
      }
    }
    return node;
  }

  /** An array of these values. */
  public static ArrayNode array(Object... values) {
    ArrayNode node = MAPPER.createArrayNode();
    for (Object value : values) {
      node.add(tree(value));
    }
    return node;
  }

  /** An array of these values. */
  public static ArrayNode array(List<?> values) {
    return array(values.toArray());
  }

  /** The tree of a plain Java value: a string, number, boolean, list, map or tree. */
  public static JsonNode tree(Object value) {
    return value instanceof JsonNode node ? node : MAPPER.valueToTree(value);
  }

  /** Reads JSON text; throws {@link JsonProcessingException} if it is none. */
  public static JsonNode parse(byte[] text) throws java.io.IOException {
    return MAPPER.readTree(text);
  }

  /** Reads JSON text that this code wrote itself. */
  public static ObjectNode parseObject(String text) {
    try {
      return (ObjectNode) MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a JSON object: " + text, e);
    }
  }

  /** The compact text of a tree, in UTF-8. */
  public static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree that cannot be written", e);
    }
  }

  /** What stands at a path, or a missing node. */
  public static JsonNode at(JsonNode node, String... path) {
    JsonNode current = node;
    for (String name : path) {
      current = current.path(name);
    }
    return current;
  }

  /** The text at a path, or the empty string. */
  public static String text(JsonNode node, String... path) {
    return at(node, path).asText("");
  }

  /** The integer at a path, or {@code otherwise}. */
  public static int integer(JsonNode node, int otherwise, String... path) {
    return at(node, path).asInt(otherwise);
  }

  /** The boolean at a path, or false. */
  public static boolean flag(JsonNode node, String... path) {
    return at(node, path).asBoolean(false);
  }

  /** Whether something other than null stands at a path. */
  public static boolean has(JsonNode node, String... path) {
    JsonNode found = at(node, path);
    return !found.isMissingNode() && !found.isNull();
  }

  /** The object at a path, made where it is missing. */
  public static ObjectNode child(ObjectNode node, String... path) {
    ObjectNode current = node;
    for (String name : path) {
      JsonNode next = current.get(name);
      current = next instanceof ObjectNode object ? object : current.putObject(name);
    }
    return current;
  }

  /** The objects in the array at a path; empty where there is none. */
  public static List<ObjectNode> objects(JsonNode node, String... path) {
    List<ObjectNode> found = new ArrayList<>();
    for (JsonNode item : at(node, path)) {
      if (item instanceof ObjectNode object) {
        found.add(object);
      }
    }
    return found;
  }

  /** The texts in the array at a path; empty where there is none. */
  public static List<String> texts(JsonNode node, String... path) {
    List<String> found = new ArrayList<>();
    for (JsonNode item : at(node, path)) {
      found.add(item.asText(""));
    }
    return found;
  }

  /** The members of the object at a path as texts, in their order. */
  public static Map<String, String> map(JsonNode node, String... path) {
    Map<String, String> found = new LinkedHashMap<>();
    at(node, path).properties().forEach(e -> found.put(e.getKey(), e.getValue().asText("")));
    return found;
  }

  /** Removes every member that is null, however deep: to an API server it is not there. */
  public static void removeNulls(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.properties().removeIf(member -> member.getValue().isNull());
    }
    node.forEach(Json::removeNulls);
  }

  /** The element of an array of objects whose {@code name} is this, or a missing node. */
  public static JsonNode named(JsonNode array, String name) {
    for (JsonNode item : array) {
      if (name.equals(text(item, "name"))) {
        return item;
      }
    }
    return MissingNode.getInstance();
  }
}
