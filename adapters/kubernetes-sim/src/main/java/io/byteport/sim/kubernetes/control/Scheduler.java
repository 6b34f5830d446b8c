package io.byteport.sim.kubernetes.control;

import static io.byteport.sim.kubernetes.store.ResourceCatalogue.NODES;
import static io.byteport.sim.kubernetes.store.ResourceCatalogue.PODS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.ObjectKey;
import io.byteport.sim.kubernetes.store.ObjectStore;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Gives every pod the node with the fewest pods among those that take it. */
final class Scheduler implements Controller {
  private static final String COMPONENT = "default-scheduler";

  private final ObjectStore store;
  private final EventRecorder events;
  private long seen = -1;

  Scheduler(ObjectStore store, EventRecorder events) {
    this.store = store;
    this.events = events;
  }

  @Override
  public void reconcile(Instant now) {
    long version = store.versionOf(NODES, PODS);
    if (version == seen) {
      return;
    }
    List<ObjectNode> waiting = new ArrayList<>();
    Map<String, Usage> usage = new HashMap<>();
    List<ObjectNode> placed = new ArrayList<>();
    for (ObjectNode pod : store.list(PODS)) {
      String node = Json.text(pod, "spec", "nodeName");
      if (!Pods.isActive(pod)) {
        continue;
      }
      if (node.isEmpty()) {
        waiting.add(pod);
      } else {
        usage.merge(node, Usage.of(pod), Usage::plus);
        placed.add(pod);
      }
    }
    AntiAffinity affinity = new AntiAffinity(store.list(NODES), placed);
    for (ObjectNode pod : waiting) {
      place(pod, usage, affinity, now).ifPresent(placed::add);
    }
    seen = store.versionOf(NODES, PODS);
  }

  /** What the pods of a node ask for. */
  private record Usage(int pods, BigDecimal cpu, BigDecimal memory) {
    static final Usage NONE = new Usage(0, BigDecimal.ZERO, BigDecimal.ZERO);

    static Usage of(ObjectNode pod) {
      return new Usage(1, Pods.request(pod, "cpu"), Pods.request(pod, "memory"));
    }

    Usage plus(Usage other) {
      return new Usage(pods + other.pods, cpu.add(other.cpu), memory.add(other.memory));
    }
  }

  /** The pod with its node, if it has found one. */
  private Optional<ObjectNode> place(
      ObjectNode pod, Map<String, Usage> usage, AntiAffinity affinity, Instant now) {
    Map<String, Integer> refusals = new TreeMap<>();
    String best = "";
    int fewest = Integer.MAX_VALUE;
    Collection<ObjectNode> nodes = store.list(NODES);
    for (ObjectNode node : nodes) {
      String name = Json.text(node, "metadata", "name");
      Usage there = usage.getOrDefault(name, Usage.NONE);
      Optional<String> refusal =
          Placement.refusal(node, pod, there.cpu, there.memory)
              .or(
                  () ->
                      Optional.of(AntiAffinity.refusal())
                          .filter(words -> affinity.forbids(pod, node)));
      refusal.ifPresent(r -> refusals.merge(r, 1, Integer::sum));
      if (refusal.isEmpty() && there.pods < fewest) {
        best = name;
        fewest = there.pods;
      }
    }
    if (best.isEmpty()) {
      refuse(pod, nodes.size(), refusals, now);
      return Optional.empty();
    }
    usage.merge(best, Usage.of(pod), Usage::plus);
    return bind(pod, best, now);
  }

  private Optional<ObjectNode> bind(ObjectNode pod, String node, Instant now) {
    Optional<ObjectNode> bound =
        store.update(
            ObjectKey.of(PODS, pod),
            p -> {
              Json.child(p, "spec").put("nodeName", node);
              Conditions.set(Json.child(p, "status"), "PodScheduled", "True", "", "", now);
            });
    events.normal(
        pod,
        COMPONENT,
        "Scheduled",
        "Successfully assigned %s/%s to %s"
            .formatted(
                Json.text(pod, "metadata", "namespace"), Json.text(pod, "metadata", "name"), node));
    return bound;
  }

  private void refuse(ObjectNode pod, int nodes, Map<String, Integer> refusals, Instant now) {
    String why =
        refusals.entrySet().stream()
            .map(e -> e.getValue() + " " + e.getKey())
            .collect(Collectors.joining(", "));
    String message =
        ("0/%d nodes are available: %s. preemption: 0/%d nodes are available: %d Preemption is not"
                + " helpful for scheduling.")
            .formatted(nodes, why, nodes, nodes);
    boolean news = !message.equals(Json.text(Conditions.get(pod, "PodScheduled"), "message"));
    store.update(
        ObjectKey.of(PODS, pod),
        p ->
            Conditions.set(
                Json.child(p, "status"), "PodScheduled", "False", "Unschedulable", message, now));
    if (news) {
      events.warning(pod, COMPONENT, "FailedScheduling", message);
    }
  }
}
