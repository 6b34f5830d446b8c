package io.byteport.sim.kubernetes.control;

import static io.byteport.sim.kubernetes.store.ResourceCatalogue.REPLICA_SETS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.scenario.Fault;
import io.byteport.sim.kubernetes.scenario.WorkloadSpec;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.ObjectStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is wrong with which containers, and since when. */
final class FaultBook {
  private record Workload(String kind, String namespace, String name) {}

  private record Entry(Workload workload, Fault fault, Instant since) {}

  private final ObjectStore store;
  private final Instant start;
  private final Map<Workload, List<Entry>> entries = new LinkedHashMap<>();

  /**
   * The faults of these workloads.
   *
   * @param start what {@code upAfter} counts from
   * @param since when they begin
   */
  FaultBook(ObjectStore store, List<WorkloadSpec> workloads, Instant start, Instant since) {
    this.store = store;
    this.start = start;
    for (WorkloadSpec workload : workloads) {
      workload
          .faults()
          .forEach(
              fault -> add(workload, fault, fault.scope().from().map(start::plus).orElse(since)));
    }
  }

  private void add(WorkloadSpec workload, Fault fault, Instant since) {
    add(workload.kind(), workload.namespace(), workload.name(), fault, since);
  }

  void add(String kind, String namespace, String workload, Fault fault, Instant since) {
    Workload key = new Workload(kind, namespace, workload);
    entries.computeIfAbsent(key, k -> new ArrayList<>()).add(new Entry(key, fault, since));
  }

  /** The instants at which faults begin. */
  Set<Instant> beginnings() {
    return all().map(Entry::since).collect(Collectors.toCollection(TreeSet::new));
  }

  void clear(String namespace, String workload) {
    entries.keySet().removeIf(w -> w.namespace.equals(namespace) && w.name.equals(workload));
  }

  /** A fault that a container suffers from. */
  record Active(Fault fault, Instant since) {}

  /** What is wrong with a container of a pod now. */
  List<Active> of(ObjectNode pod, JsonNode container, Instant now) {
    if (entries.isEmpty()) {
      return List.of();
    }
    ObjectNode owner = owner(pod);
    Workload workload =
        new Workload(
            Json.text(owner, "kind"),
            Json.text(pod, "metadata", "namespace"),
            Json.text(owner, "name"));
    String name = Json.text(container, "name");
    String image = Json.text(container, "image");
    return entries.getOrDefault(workload, List.of()).stream()
        .filter(e -> !e.since.isAfter(now))
        .filter(e -> e.fault.covers(name, image))
        .filter(e -> !isMended(e.fault, pod))
        .map(e -> new Active(e.fault, e.since))
        .toList();
  }

  private boolean isMended(Fault fault, ObjectNode pod) {
    return fault instanceof Fault.Crash crash
        && (crash.untilRestarted()
                && Json.at(pod, "metadata", "annotations").has("kubectl.kubernetes.io/restartedAt")
            || crash.untilReplaced() && isNew(pod));
  }

  private boolean isNew(ObjectNode pod) {
    String made = Json.text(pod, "metadata", "creationTimestamp");
    return !made.isEmpty() && Instant.parse(made).isAfter(start);
  }

  private ObjectNode owner(ObjectNode pod) {
    List<ObjectNode> owners = Json.objects(pod, "metadata", "ownerReferences");
    if (owners.isEmpty()) {
      return Json.object("kind", "Pod", "name", Json.text(pod, "metadata", "name"));
    }
    ObjectNode owner = owners.getFirst();
    return Json.text(owner, "kind").equals("ReplicaSet")
        ? store
            .get(REPLICA_SETS, Json.text(pod, "metadata", "namespace"), Json.text(owner, "name"))
            .map(rs -> Json.objects(rs, "metadata", "ownerReferences"))
            .filter(list -> !list.isEmpty())
            .map(List::getFirst)
            .orElse(owner)
        : owner;
  }

  /** Whether some workload declares this as something it depends on. */
  boolean isDependency(String host, int port) {
    return all().anyMatch(e -> names(e, host, port));
  }

  /** Whether everything declared under that address answers at that time. */
  boolean answers(String host, int port, Instant at) {
    return all()
        .filter(e -> names(e, host, port) && !e.since.isAfter(at))
        .allMatch(
            e ->
                ((Fault.Dependency) e.fault)
                    .upAfter()
                    .map(after -> !at.isBefore(start.plus(after)))
                    .orElse(false));
  }

  private Stream<Entry> all() {
    return entries.values().stream().flatMap(List::stream);
  }

  private static boolean names(Entry entry, String host, int port) {
    return entry.fault instanceof Fault.Dependency d
        && d.port() == port
        && (d.host().equals(host)
            || host.startsWith(d.host() + "." + entry.workload.namespace)
            || d.host().startsWith(host + "." + entry.workload.namespace));
  }
}
