package io.byteport.sim.kubernetes.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.ObjectStore;
import java.time.Instant;

/** The {@code status.conditions} of an object. */
final class Conditions {
  private Conditions() {}

  /** Sets a condition; its transition time moves only when its status does. */
  static ObjectNode set(
      ObjectNode status, String type, String value, String reason, String message, Instant now) {
    ArrayNode all =
        status.get("conditions") instanceof ArrayNode array ? array : status.putArray("conditions");
    ObjectNode condition = null;
    for (JsonNode each : all) {
      if (type.equals(Json.text(each, "type"))) {
        condition = (ObjectNode) each;
      }
    }
    if (condition == null) {
      condition = all.addObject().put("type", type);
    }
    if (!value.equals(Json.text(condition, "status"))) {
      condition.put("status", value);
      condition.put("lastTransitionTime", ObjectStore.timestamp(now));
    }
    put(condition, "reason", reason);
    put(condition, "message", message);
    return condition;
  }

  /** The condition of that type, or a missing node. */
  static JsonNode get(JsonNode object, String type) {
    for (JsonNode each : Json.at(object, "status", "conditions")) {
      if (type.equals(Json.text(each, "type"))) {
        return each;
      }
    }
    return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
  }

  /** Whether the condition of that type is True. */
  static boolean isTrue(JsonNode object, String type) {
    return "True".equals(Json.text(get(object, type), "status"));
  }

  private static void put(ObjectNode condition, String name, String value) {
    if (value.isEmpty()) {
      condition.remove(name);
    } else {
      condition.put(name, value);
    }
  }
}
