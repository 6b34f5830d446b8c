package io.byteport.sim.kubernetes.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.Quantity;
import java.math.BigDecimal;
import java.util.Optional;

/** Whether a node takes a pod. */
final class Placement {
  private Placement() {}

  /**
   * Why a node does not take a pod, in the scheduler's words; empty if it does.
   *
   * @param usedCpu what the pods on the node ask for already
   */
  static Optional<String> refusal(
      JsonNode node, JsonNode pod, BigDecimal usedCpu, BigDecimal usedMemory) {
    JsonNode spec = pod.path("spec");
    if (Json.flag(node, "spec", "unschedulable")) {
      return Optional.of("node(s) were unschedulable");
    }
    for (JsonNode taint : Json.at(node, "spec", "taints")) {
      boolean hard = !Json.text(taint, "effect").equals("PreferNoSchedule");
      if (hard && !tolerates(spec, taint)) {
        return Optional.of(
            "node(s) had untolerated taint {%s: %s}"
                .formatted(Json.text(taint, "key"), Json.text(taint, "value")));
      }
    }
    if (!selects(spec, node)) {
      return Optional.of("node(s) didn't match Pod's node affinity/selector");
    }
    if (exceeds(node, "cpu", usedCpu.add(Pods.request(pod, "cpu")))) {
      return Optional.of("Insufficient cpu");
    }
    if (exceeds(node, "memory", usedMemory.add(Pods.request(pod, "memory")))) {
      return Optional.of("Insufficient memory");
    }
    return Optional.empty();
  }

  /** Whether a DaemonSet puts a pod on a node: cordons do not matter to it, other taints do. */
  static boolean admitsDaemon(JsonNode node, JsonNode podSpec) {
    for (JsonNode taint : Json.at(node, "spec", "taints")) {
      boolean ofNodeState = Json.text(taint, "key").startsWith("node.kubernetes.io/");
      boolean hard = !Json.text(taint, "effect").equals("PreferNoSchedule");
      if (hard && !ofNodeState && !tolerates(podSpec, taint)) {
        return false;
      }
    }
    return selects(podSpec, node);
  }

  private static boolean selects(JsonNode podSpec, JsonNode node) {
    return Json.map(podSpec, "nodeSelector").entrySet().stream()
        .allMatch(e -> e.getValue().equals(Json.text(node, "metadata", "labels", e.getKey())));
  }

  static boolean tolerates(JsonNode podSpec, JsonNode taint) {
    for (JsonNode toleration : podSpec.path("tolerations")) {
      String key = Json.text(toleration, "key");
      String effect = Json.text(toleration, "effect");
      boolean exists = Json.text(toleration, "operator").equals("Exists");
      boolean sameKey = key.equals(Json.text(taint, "key")) || (key.isEmpty() && exists);
      boolean sameEffect = effect.isEmpty() || effect.equals(Json.text(taint, "effect"));
      boolean sameValue =
          exists || Json.text(toleration, "value").equals(Json.text(taint, "value"));
      if (sameKey && sameEffect && sameValue) {
        return true;
      }
    }
    return false;
  }

  private static boolean exceeds(JsonNode node, String resource, BigDecimal needed) {
    String allocatable = Json.text(node, "status", "allocatable", resource);
    return !allocatable.isEmpty() && needed.compareTo(Quantity.parse(allocatable)) > 0;
  }
}
