package io.byteport.sim.kubernetes.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.Selector;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which nodes a pod must keep away from because of the pods that are there. */
final class AntiAffinity {
  private static final String REFUSAL = "node(s) didn't match pod anti-affinity rules";

  private final Map<String, JsonNode> nodes = new HashMap<>();
  private final List<ObjectNode> placed;

  /**
   * @param nodes all of the cluster
   * @param placed the pods that have a node; later ones may be added to the list
   */
  AntiAffinity(Collection<ObjectNode> nodes, List<ObjectNode> placed) {
    nodes.forEach(node -> this.nodes.put(Json.text(node, "metadata", "name"), node));
    this.placed = placed;
  }

  /** The scheduler's words for it. */
  static String refusal() {
    return REFUSAL;
  }

  /** Whether a required rule of the pod keeps it from a node; those of others are not asked. */
  boolean forbids(JsonNode pod, JsonNode node) {
    for (JsonNode rule :
        Json.at(
            pod,
            "spec",
            "affinity",
            "podAntiAffinity",
            "requiredDuringSchedulingIgnoredDuringExecution")) {
      if (isTaken(rule, Json.text(pod, "metadata", "namespace"), node)) {
        return true;
      }
    }
    return false;
  }

  private boolean isTaken(JsonNode rule, String namespace, JsonNode node) {
    String key = Json.text(rule, "topologyKey");
    String domain = Json.text(node, "metadata", "labels", key);
    if (domain.isEmpty()) {
      return false;
    }
    return placed.stream()
        .filter(other -> namespace.equals(Json.text(other, "metadata", "namespace")))
        .filter(other -> domain.equals(domain(other, key)))
        .anyMatch(other -> Selector.of(Json.at(rule, "labelSelector")).test(other));
  }

  private String domain(JsonNode pod, String key) {
    JsonNode node = nodes.get(Json.text(pod, "spec", "nodeName"));
    return node == null ? "" : Json.text(node, "metadata", "labels", key);
  }
}
