package io.byteport.sim.kubernetes.control;

import static io.byteport.sim.kubernetes.store.ResourceCatalogue.NODES;
import static io.byteport.sim.kubernetes.store.ResourceCatalogue.PODS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.ObjectKey;
import io.byteport.sim.kubernetes.store.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Taints nodes after their conditions, calls the pods of a silent node unready and asks for their
 * end five minutes later.
 */
final class NodeController implements Controller {
  private static final Duration TOLERATED = Duration.ofSeconds(300);
  private static final String PREFIX = "node.kubernetes.io/";
  private static final List<String> PRESSURES =
      List.of("MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable");

  private final ObjectStore store;
  private final EventRecorder events;
  private long seen = -1;
  private Instant due = Instant.MAX;

  NodeController(ObjectStore store, EventRecorder events) {
    this.store = store;
    this.events = events;
  }

  /** Whether the kubelet of a node answers. */
  static boolean isUp(JsonNode node) {
    return Conditions.isTrue(node, "Ready");
  }

  @Override
  public Instant nextDue(Instant now) {
    return due;
  }

  @Override
  public void reconcile(Instant now) {
    long version = store.versionOf(NODES, PODS);
    if (version == seen && now.isBefore(due)) {
      return;
    }
    due = Instant.MAX;
    for (ObjectNode node : store.list(NODES)) {
      taint(node);
      if (!isUp(node)) {
        abandon(node, now);
      }
    }
    seen = store.versionOf(NODES, PODS);
  }

  private void taint(ObjectNode node) {
    ArrayNode taints = Json.array();
    for (JsonNode taint : Json.at(node, "spec", "taints")) {
      String key = Json.text(taint, "key");
      boolean ours =
          key.equals(PREFIX + "not-ready")
              || key.equals(PREFIX + "unreachable")
              || key.equals(PREFIX + "unschedulable")
              || PRESSURES.stream().anyMatch(p -> key.equals(taintKey(p)));
      if (!ours) {
        taints.add(taint);
      }
    }
    String ready = Json.text(Conditions.get(node, "Ready"), "status");
    if (!ready.equals("True")) {
      String key = PREFIX + (ready.equals("Unknown") ? "unreachable" : "not-ready");
      for (String effect : List.of("NoSchedule", "NoExecute")) {
        taints.add(Json.object("key", key, "effect", effect));
      }
    }
    for (String pressure : PRESSURES) {
      if (Conditions.isTrue(node, pressure)) {
        taints.add(Json.object("key", taintKey(pressure), "effect", "NoSchedule"));
      }
    }
    if (Json.flag(node, "spec", "unschedulable")) {
      taints.add(Json.object("key", PREFIX + "unschedulable", "effect", "NoSchedule"));
    }
    store.update(
        ObjectKey.of(NODES, node),
        n -> {
          if (taints.isEmpty()) {
            Json.child(n, "spec").remove("taints");
          } else {
            Json.child(n, "spec").set("taints", taints);
          }
        });
  }

  private static String taintKey(String condition) {
    return switch (condition) {
      case "MemoryPressure" -> PREFIX + "memory-pressure";
      case "DiskPressure" -> PREFIX + "disk-pressure";
      case "PIDPressure" -> PREFIX + "pid-pressure";
      default -> PREFIX + "network-unavailable";
    };
  }

  private void abandon(ObjectNode node, Instant now) {
    String name = Json.text(node, "metadata", "name");
    String since = Json.text(Conditions.get(node, "Ready"), "lastTransitionTime");
    Instant eviction = (since.isEmpty() ? now : Instant.parse(since)).plus(TOLERATED);
    for (ObjectNode pod : store.list(PODS)) {
      if (!name.equals(Json.text(pod, "spec", "nodeName"))) {
        continue;
      }
      if (Pods.isReady(pod)) {
        store.update(
            ObjectKey.of(PODS, pod),
            p ->
                Conditions.set(Json.child(p, "status"), "Ready", "False", "NodeNotReady", "", now));
        events.warning(pod, "node-controller", "NodeNotReady", "Node is not ready");
      }
      boolean daemon =
          Json.objects(pod, "metadata", "ownerReferences").stream()
              .anyMatch(o -> Json.text(o, "kind").equals("DaemonSet"));
      if (Pods.isTerminating(pod) || daemon) {
        continue;
      }
      if (eviction.isAfter(now)) {
        due = eviction.isBefore(due) ? eviction : due;
      } else {
        Pods.terminate(store, pod, now, -1);
        events.normal(
            pod,
            "taint-eviction-controller",
            "TaintManagerEviction",
            "Marking for deletion Pod %s/%s"
                .formatted(
                    Json.text(pod, "metadata", "namespace"), Json.text(pod, "metadata", "name")));
      }
    }
  }
}
