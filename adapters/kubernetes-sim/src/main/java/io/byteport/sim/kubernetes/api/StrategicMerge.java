package io.byteport.sim.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Json;
import java.util.Map;
import java.util.Optional;

/**
 * Kubernetes' strategic merge patch: lists of things that have an identity are merged by it, other
 * lists are replaced.
 */
final class StrategicMerge {
  private static final Map<String, String> MERGE_KEYS =
      Map.ofEntries(
          Map.entry("containers", "name"),
          Map.entry("initContainers", "name"),
          Map.entry("ephemeralContainers", "name"),
          Map.entry("env", "name"),
          Map.entry("volumes", "name"),
          Map.entry("imagePullSecrets", "name"),
          Map.entry("secrets", "name"),
          Map.entry("resourceClaims", "name"),
          Map.entry("volumeMounts", "mountPath"),
          Map.entry("volumeDevices", "devicePath"),
          Map.entry("hostAliases", "ip"),
          Map.entry("conditions", "type"),
          Map.entry("addresses", "type"),
          Map.entry("ownerReferences", "uid"),
          Map.entry("topologySpreadConstraints", "topologyKey"));
  private static final String DELETE_FROM = "$deleteFromPrimitiveList/";

  private StrategicMerge() {}

  static ObjectNode apply(ObjectNode target, ObjectNode patch) {
    return object(target.deepCopy(), patch);
  }

  private static ObjectNode object(ObjectNode target, ObjectNode patch) {
    String directive = Json.text(patch, "$patch");
    if (directive.equals("replace")) {
      ObjectNode replacement = patch.deepCopy();
      replacement.remove("$patch");
      return replacement;
    }
    if (directive.equals("delete")) {
      return Json.object();
    }
    retain(target, patch);
    for (Map.Entry<String, JsonNode> member : patch.properties()) {
      String name = member.getKey();
      JsonNode value = member.getValue();
      boolean directiveOnly = name.startsWith("$") && !name.startsWith(DELETE_FROM);
      if (directiveOnly) {
        continue;
      }
      if (name.startsWith(DELETE_FROM)) {
        removeAll(target, name.substring(DELETE_FROM.length()), value);
      } else if (value.isNull()) {
        target.remove(name);
      } else if (value instanceof ObjectNode child) {
        JsonNode present = target.get(name);
        target.set(name, object(present instanceof ObjectNode o ? o : Json.object(), child));
      } else if (value instanceof ArrayNode list) {
        target.set(name, list(target.get(name), name, list));
      } else {
        target.set(name, value);
      }
    }
    return target;
  }

  private static void retain(ObjectNode target, ObjectNode patch) {
    if (patch.has("$retainKeys")) {
      target.retain(Json.texts(patch, "$retainKeys"));
    }
  }

  private static void removeAll(ObjectNode target, String name, JsonNode values) {
    if (target.get(name) instanceof ArrayNode list) {
      for (int i = list.size() - 1; i >= 0; i--) {
        for (JsonNode value : values) {
          if (i < list.size() && list.get(i).equals(value)) {
            list.remove(i);
          }
        }
      }
    }
  }

  private static ArrayNode list(JsonNode present, String name, ArrayNode patch) {
    ArrayNode old = present instanceof ArrayNode array ? array.deepCopy() : Json.array();
    if (name.equals("finalizers")) {
      patch.forEach(
          value -> {
            if (!contains(old, value)) {
              old.add(value);
            }
          });
      return old;
    }
    Optional<String> key = mergeKey(name, patch, old);
    if (key.isEmpty()) {
      return patch.deepCopy();
    }
    ArrayNode result = old;
    for (JsonNode item : patch) {
      if (Json.text(item, "$patch").equals("replace")) {
        result = Json.array();
      }
    }
    for (JsonNode item : patch) {
      if (item instanceof ObjectNode object && !Json.text(item, "$patch").equals("replace")) {
        merge(result, key.get(), object);
      }
    }
    return result;
  }

  private static void merge(ArrayNode list, String key, ObjectNode item) {
    if (!item.has(key)) {
      throw ApiException.badRequest(
          "map: " + item + " does not contain declared merge key: " + key);
    }
    int found = -1;
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).path(key).asText().equals(item.get(key).asText())) {
        found = i;
      }
    }
    boolean delete = Json.text(item, "$patch").equals("delete");
    if (found >= 0 && delete) {
      list.remove(found);
    } else if (found >= 0) {
      list.set(found, object((ObjectNode) list.get(found), item));
    } else if (!delete) {
      list.add(object(Json.object(), item));
    }
  }

  /** Ports are known by their number, whose name differs between containers and Services. */
  private static Optional<String> mergeKey(String name, ArrayNode patch, ArrayNode old) {
    if (name.equals("ports")) {
      JsonNode sample = patch.isEmpty() ? old.path(0) : patch.path(0);
      return Optional.of(sample.has("containerPort") ? "containerPort" : "port");
    }
    return Optional.ofNullable(MERGE_KEYS.get(name));
  }

  private static boolean contains(ArrayNode list, JsonNode value) {
    for (JsonNode each : list) {
      if (each.equals(value)) {
        return true;
      }
    }
    return false;
  }
}
