package io.byteport.sim.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** JSON Patch (RFC 6902) and JSON Merge Patch (RFC 7396). */
final class JsonPatch {
  private JsonPatch() {}

  /** Applies a merge patch. */
  static ObjectNode merge(ObjectNode target, ObjectNode patch) {
    ObjectNode result = target.deepCopy();
    for (Map.Entry<String, JsonNode> member : patch.properties()) {
      JsonNode value = member.getValue();
      if (value.isNull()) {
        result.remove(member.getKey());
      } else if (value instanceof ObjectNode child) {
        JsonNode present = result.get(member.getKey());
        result.set(
            member.getKey(), merge(present instanceof ObjectNode o ? o : Json.object(), child));
      } else {
        result.set(member.getKey(), value);
      }
    }
    return result;
  }

  /** Applies a list of operations; a failed one is an error 422. */
  static ObjectNode apply(ObjectNode target, JsonNode operations) {
    ObjectNode result = target.deepCopy();
    for (JsonNode operation : operations) {
      List<String> path = pointer(Json.text(operation, "path"));
      JsonNode value = operation.path("value").deepCopy();
      switch (Json.text(operation, "op")) {
        case "add" -> add(result, path, value);
        case "remove" -> remove(result, path);
        case "replace" -> {
          remove(result, path);
          add(result, path, value);
        }
        case "test" -> {
          if (!find(result, path).equals(value)) {
            throw rejected(
                "testing value " + Json.text(operation, "path") + " failed: test failed");
          }
        }
        case "copy" -> add(result, path, existing(result, operation).deepCopy());
        case "move" -> {
          JsonNode moved = existing(result, operation);
          remove(result, pointer(Json.text(operation, "from")));
          add(result, path, moved);
        }
        default -> throw rejected("unexpected kind: " + Json.text(operation, "op"));
      }
    }
    return result;
  }

  private static JsonNode existing(ObjectNode target, JsonNode operation) {
    JsonNode found = find(target, pointer(Json.text(operation, "from")));
    if (found.isMissingNode()) {
      throw rejected("missing path: " + Json.text(operation, "from"));
    }
    return found;
  }

  private static void add(ObjectNode target, List<String> path, JsonNode value) {
    String last = path.getLast();
    JsonNode parent = find(target, path.subList(0, path.size() - 1));
    if (parent instanceof ObjectNode object) {
      object.set(last, value);
    } else if (parent instanceof ArrayNode list) {
      int index = last.equals("-") ? list.size() : index(last);
      if (index > list.size()) {
        throw rejected("index out of bounds: " + last);
      }
      list.insert(index, value);
    } else {
      throw missing(path);
    }
  }

  private static void remove(ObjectNode target, List<String> path) {
    if (find(target, path).isMissingNode()) {
      throw missing(path);
    }
    JsonNode parent = find(target, path.subList(0, path.size() - 1));
    if (parent instanceof ObjectNode object) {
      object.remove(path.getLast());
    } else if (parent instanceof ArrayNode list) {
      list.remove(index(path.getLast()));
    }
  }

  private static JsonNode find(JsonNode target, List<String> path) {
    JsonNode current = target;
    for (String step : path) {
      current =
          current instanceof ArrayNode list
              ? (step.matches("[0-9]+") ? list.path(index(step)) : MissingNode.getInstance())
              : current.path(step);
    }
    return current;
  }

  private static int index(String step) {
    try {
      return Integer.parseInt(step);
    } catch (NumberFormatException e) {
      throw rejected("invalid index: " + step);
    }
  }

  private static List<String> pointer(String text) {
    if (!text.startsWith("/")) {
      throw rejected("invalid path: " + text);
    }
    return Arrays.stream(text.substring(1).split("/", -1))
        .map(s -> s.replace("~1", "/").replace("~0", "~"))
        .toList();
  }

  private static ApiException missing(List<String> path) {
    return rejected("doc is missing path: /" + String.join("/", path));
  }

  private static ApiException rejected(String why) {
    return new ApiException(
        422, "Invalid", "the server rejected our request due to an error in our request: " + why);
  }
}
