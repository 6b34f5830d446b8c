package io.byteport.sim.kubernetes.control;

import static io.byteport.sim.kubernetes.store.ResourceCatalogue.NODES;
import static io.byteport.sim.kubernetes.store.ResourceCatalogue.NODE_METRICS;
import static io.byteport.sim.kubernetes.store.ResourceCatalogue.PODS;
import static io.byteport.sim.kubernetes.store.ResourceCatalogue.POD_METRICS;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.scenario.ContainerSpec;
import io.byteport.sim.kubernetes.scenario.WorkloadSpec;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.ObjectKey;
import io.byteport.sim.kubernetes.store.ObjectStore;
import io.byteport.sim.kubernetes.store.Quantity;
import io.byteport.sim.kubernetes.store.ResourceType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Measures running pods: what the scenario says that their containers use. A container of which it
 * says nothing uses nothing.
 */
final class MetricsController implements Controller {
  private static final String WINDOW = "15s";

  private final ObjectStore store;
  private final List<WorkloadSpec> workloads;
  private long seen = -1;

  MetricsController(ObjectStore store, List<WorkloadSpec> workloads) {
    this.store = store;
    this.workloads = workloads;
  }

  /** Whether a scenario says anything of what its containers use. */
  static boolean isMeasured(List<WorkloadSpec> workloads) {
    return workloads.stream()
        .flatMap(workload -> workload.containers().stream())
        .anyMatch(one -> one.memoryUsed().isPresent() || one.cpuUsed().isPresent());
  }

  @Override
  public void reconcile(Instant now) {
    if (!isMeasured(workloads) || store.versionOf(PODS, NODES) == seen) {
      return;
    }
    seen = store.versionOf(PODS, NODES);
    Set<ObjectKey> measured = new HashSet<>();
    Map<String, BigDecimal[]> nodes = new HashMap<>();
    for (ObjectNode pod : store.list(PODS)) {
      if (Json.text(pod, "status", "phase").equals("Running") && Pods.isActive(pod)) {
        BigDecimal[] sum =
            nodes.computeIfAbsent(
                Json.text(pod, "spec", "nodeName"),
                node -> new BigDecimal[] {BigDecimal.ZERO, BigDecimal.ZERO});
        ObjectNode metrics = pod(pod, sum);
        measured.add(ObjectKey.of(POD_METRICS, metrics));
        put(POD_METRICS, metrics, now);
      }
    }
    for (ObjectNode node : store.list(NODES)) {
      String name = Json.text(node, "metadata", "name");
      BigDecimal[] sum =
          nodes.getOrDefault(name, new BigDecimal[] {BigDecimal.ZERO, BigDecimal.ZERO});
      ObjectNode metrics =
          Json.object("metadata", Json.object("name", name), "usage", usage(sum[0], sum[1]));
      measured.add(ObjectKey.of(NODE_METRICS, metrics));
      put(NODE_METRICS, metrics, now);
    }
    for (ResourceType type : List.of(POD_METRICS, NODE_METRICS)) {
      for (ObjectNode old : store.list(type)) {
        if (!measured.contains(ObjectKey.of(type, old))) {
          store.delete(ObjectKey.of(type, old));
        }
      }
    }
  }

  private ObjectNode pod(ObjectNode pod, BigDecimal[] sum) {
    ArrayNode containers = Json.array();
    for (ObjectNode container : Json.objects(pod, "spec", "containers")) {
      String name = Json.text(container, "name");
      Optional<ContainerSpec> spec = spec(pod, name);
      BigDecimal cpu = amount(spec.flatMap(ContainerSpec::cpuUsed));
      BigDecimal memory = amount(spec.flatMap(ContainerSpec::memoryUsed));
      sum[0] = sum[0].add(cpu);
      sum[1] = sum[1].add(memory);
      containers.add(Json.object("name", name, "usage", usage(cpu, memory)));
    }
    return Json.object(
        "metadata",
        Json.object(
            "name",
            Json.text(pod, "metadata", "name"),
            "namespace",
            Json.text(pod, "metadata", "namespace"),
            "labels",
            Json.at(pod, "metadata", "labels").deepCopy()),
        "containers",
        containers);
  }

  private Optional<ContainerSpec> spec(ObjectNode pod, String container) {
    return workloads.stream()
        .filter(one -> one.namespace().equals(Json.text(pod, "metadata", "namespace")))
        .filter(one -> one.name().equals(Json.text(pod, "metadata", "labels", "app")))
        .flatMap(one -> one.containers().stream())
        .filter(one -> one.name().equals(container))
        .findFirst();
  }

  private static BigDecimal amount(Optional<String> quantity) {
    return quantity.map(Quantity::parse).orElse(BigDecimal.ZERO);
  }

  private static ObjectNode usage(BigDecimal cpu, BigDecimal memory) {
    return Json.object(
        "cpu",
        cpu.movePointRight(3).toBigInteger() + "m",
        "memory",
        memory.toBigInteger().shiftRight(10) + "Ki");
  }

  private void put(ResourceType type, ObjectNode metrics, Instant now) {
    metrics.put("timestamp", ObjectStore.timestamp(now)).put("window", WINDOW);
    ObjectKey key = ObjectKey.of(type, metrics);
    Optional<ObjectNode> there = store.get(key);
    if (there.isEmpty()) {
      store.create(type, metrics);
    } else if (!same(there.get(), metrics)) {
      store.update(
          key,
          one -> {
            one.set("timestamp", metrics.get("timestamp"));
            for (String part : List.of("containers", "usage")) {
              if (metrics.has(part)) {
                one.set(part, metrics.get(part));
              }
            }
          });
    }
  }

  private static boolean same(ObjectNode one, ObjectNode other) {
    return one.path("containers").equals(other.path("containers"))
        && one.path("usage").equals(other.path("usage"));
  }
}
