package io.byteport.sim.kubernetes.control;

import static io.byteport.sim.kubernetes.store.ResourceCatalogue.DISRUPTION_BUDGETS;
import static io.byteport.sim.kubernetes.store.ResourceCatalogue.NAMESPACES;
import static io.byteport.sim.kubernetes.store.ResourceCatalogue.NODES;
import static io.byteport.sim.kubernetes.store.ResourceCatalogue.PODS;
import static io.byteport.sim.kubernetes.store.ResourceCatalogue.SERVICES;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.scenario.Fault;
import io.byteport.sim.kubernetes.scenario.NamespaceSpec;
import io.byteport.sim.kubernetes.scenario.NodeSpec;
import io.byteport.sim.kubernetes.scenario.Scenario;
import io.byteport.sim.kubernetes.scenario.WorkloadSpec;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.ObjectKey;
import io.byteport.sim.kubernetes.store.ObjectStore;
import io.byteport.sim.kubernetes.store.ResourceCatalogue;
import io.byteport.sim.kubernetes.store.ResourceType;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A cluster moving through time. It jumps from one instant at which something is due to the next,
 * so a quiet day costs nothing; what it does depends on the scenario and on the calls alone.
 *
 * <p>Thread-safe: {@link #locked} holds everybody else off while it reads or changes the store.
 */
public final class Simulation {
  private static final int PATIENCE = 5_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Scenario scenario;
  private final SimulatedTime time;
  private final ObjectStore store;
  private final Script script = new Script();
  private final FaultBook faults;
  private final Kubelet kubelet;
  private final List<Controller> controllers;

  /** Builds the cluster and plays its past up to {@code start}. */
  public Simulation(Scenario scenario, Instant start) {
    this.scenario = scenario;
    Instant faultsFrom = start.minus(scenario.warmUp());
    time = new SimulatedTime(start.minus(past(scenario)));
    store =
        new ObjectStore(
            new ResourceCatalogue(
                scenario.customResources(), MetricsController.isMeasured(scenario.workloads())),
            time,
            scenario.seed());
    Names names = new Names(scenario.seed());
    EventRecorder events = new EventRecorder(store, time, names);
    faults = new FaultBook(store, scenario.workloads(), start, faultsFrom);
    kubelet = new Kubelet(store, new KubeletServices(store, events, faults, names));
    controllers =
        List.of(
            script,
            new GarbageCollector(store),
            new HorizontalController(store),
            new DeploymentController(store, events),
            new ReplicaSetController(store, events, names),
            new StatefulSetController(store, events),
            new DaemonSetController(store, events, names),
            new NodeController(store, events),
            new Scheduler(store, events),
            kubelet,
            new EndpointController(store),
            new DisruptionController(store),
            new MetricsController(store, scenario.workloads()),
            events);
    populate();
    scenario.workloads().forEach(w -> write(w, start, faultsFrom));
    faults.beginnings().forEach(at -> script.at(at, () -> kubelet.reconsider(time.instant())));
    for (NodeSpec node : scenario.nodes()) {
      node.readyAfter()
          .ifPresent(
              d -> script.at(start.plus(d), () -> set(node.name(), Map.of("Ready", "True"))));
      node.later()
          .forEach(t -> script.at(start.plus(t.after()), () -> set(node.name(), t.conditions())));
    }
    advanceTo(start);
  }

  /** Everything in the cluster; use it only inside {@link #locked}. */
  public ObjectStore store() {
    return store;
  }

  /** The instant that the cluster has been played up to. */
  public Instant now() {
    return locked(time::instant);
  }

  /** Runs {@code work} while nobody else reads or changes the cluster. */
  public <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Plays everything that is due up to and at {@code target}; an instant in the past does nothing.
   */
  public void advanceTo(Instant target) {
    locked(
        () -> {
          settle();
          for (Instant next = nextDue(); !next.isAfter(target); next = nextDue()) {
            if (next.isAfter(time.instant())) {
              time.set(next);
            }
            settle();
          }
          if (target.isAfter(time.instant())) {
            time.set(target);
            settle();
          }
          return true;
        });
  }

  /** Lets the controllers react to what has just changed, at the present instant. */
  public void settle() {
    locked(
        () -> {
          Instant now = time.instant();
          for (int round = 0; round < PATIENCE; round++) {
            long before = store.version();
            controllers.forEach(c -> c.reconcile(now));
            if (store.version() == before) {
              return true;
            }
          }
          throw new IllegalStateException("the controllers do not come to rest at " + now);
        });
  }

  /**
   * Asks for the end of a pod, as a delete or an eviction does; a negative grace is the pod's own.
   */
  public void terminate(ObjectNode pod, int graceSeconds) {
    locked(
        () -> {
          Pods.terminate(store, pod, time.instant(), graceSeconds);
          return true;
        });
  }

  /**
   * Changes what a node says of itself, from now on.
   *
   * @param conditions statuses by condition type; the others stay
   */
  public void report(String node, Map<String, String> conditions) {
    locked(
        () -> {
          set(node, conditions);
          settle();
          return true;
        });
  }

  /** Adds a fault to a workload, from now on. */
  public void add(String kind, String namespace, String workload, Fault fault) {
    locked(
        () -> {
          faults.add(kind, namespace, workload, fault, time.instant());
          kubelet.reconsider(time.instant());
          settle();
          return true;
        });
  }

  /** Ends all faults of a workload. */
  public void heal(String namespace, String workload) {
    locked(
        () -> {
          faults.clear(namespace, workload);
          kubelet.reconsider(time.instant());
          settle();
          return true;
        });
  }

  /**
   * Whether something answers at an address now: a dependency that a fault declares, or a Service
   * with a ready pod behind that port. Nothing answers elsewhere.
   */
  public boolean reachable(String host, int port) {
    return locked(
        () ->
            faults.isDependency(host, port)
                ? faults.answers(host, port, time.instant())
                : serves(host, port));
  }

  /** What a container wrote; empty where there is no such run. */
  public Optional<List<LogLine>> log(ObjectNode pod, String container, boolean previous) {
    return locked(
        () ->
            kubelet
                .container(pod, container)
                .filter(c -> c.last().isPresent() || (!previous && !c.log().isEmpty()))
                .map(c -> previous ? c.lastLog() : c.log()));
  }

  private Instant nextDue() {
    Instant now = time.instant();
    return controllers.stream()
        .map(c -> c.nextDue(now))
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  private boolean serves(String host, int port) {
    for (ObjectNode service : store.list(SERVICES)) {
      String name = Json.text(service, "metadata", "name");
      String namespace = Json.text(service, "metadata", "namespace");
      boolean named = host.equals(name) || (host + ".").startsWith(name + "." + namespace + ".");
      boolean open =
          Json.objects(service, "spec", "ports").stream()
              .anyMatch(p -> Json.integer(p, 0, "port") == port);
      if (named && open) {
        return store
            .get(ResourceCatalogue.ENDPOINTS, namespace, name)
            .map(e -> !Json.at(e, "subsets").path(0).path("addresses").isEmpty())
            .orElse(false);
      }
    }
    return false;
  }

  private static Duration past(Scenario scenario) {
    Duration longest = scenario.warmUp();
    for (WorkloadSpec workload : scenario.workloads()) {
      for (WorkloadSpec.Revision revision : workload.history()) {
        longest = longest.compareTo(revision.age()) > 0 ? longest : revision.age();
      }
      Duration age = workload.age().orElse(Duration.ZERO);
      longest = longest.compareTo(age) > 0 ? longest : age;
    }
    return longest;
  }

  private void populate() {
    Set<String> names = new LinkedHashSet<>(List.of("default", "kube-system"));
    scenario.workloads().forEach(w -> names.add(w.namespace()));
    scenario.namespaces().forEach(n -> names.remove(n.name()));
    scenario.namespaces().forEach(this::namespace);
    names.forEach(n -> namespace(new NamespaceSpec(n, Map.of(), Map.of())));
    for (NodeSpec node : scenario.nodes()) {
      store.create(NODES, Blueprints.node(node, time.instant()));
    }
    scenario.services().forEach(s -> create(SERVICES, Blueprints.service(s)));
    scenario.budgets().forEach(b -> create(DISRUPTION_BUDGETS, Blueprints.budget(b)));
    for (ObjectNode object : scenario.objects()) {
      ResourceType type =
          store
              .catalogue()
              .byKind(Json.text(object, "apiVersion"), Json.text(object, "kind"))
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "unknown kind `" + Json.text(object, "kind") + "` in `objects`"));
      ObjectNode copy = object.deepCopy();
      if (type.namespaced() && !Json.has(copy, "metadata", "namespace")) {
        Json.child(copy, "metadata").put("namespace", "default");
      }
      create(type, copy);
    }
  }

  private void namespace(NamespaceSpec spec) {
    ObjectNode labels = Json.object("kubernetes.io/metadata.name", spec.name());
    spec.labels().forEach(labels::put);
    ObjectNode metadata = Json.object("name", spec.name(), "labels", labels);
    if (!spec.annotations().isEmpty()) {
      metadata.set("annotations", Json.tree(spec.annotations()));
    }
    store.create(
        NAMESPACES,
        Json.object(
            "metadata",
            metadata,
            "spec",
            Json.object("finalizers", Json.array("kubernetes")),
            "status",
            Json.object("phase", "Active")));
  }

  private ObjectNode create(ResourceType type, ObjectNode object) {
    object.put("kind", type.kind());
    Defaults.apply(object);
    if (type.equals(PODS)) {
      object.set("status", Pods.initialStatus(object));
    }
    return store.create(type, object);
  }

  private void write(WorkloadSpec spec, Instant start, Instant faultsFrom) {
    String image = spec.containers().getFirst().image();
    for (WorkloadSpec.Revision revision : spec.history()) {
      script.at(
          start.minus(revision.age()),
          () -> rollOut(spec, revision.image(), revision.changeCause()));
    }
    Instant last =
        spec.age().isPresent() && spec.history().isEmpty()
            ? start.minus(spec.age().get())
            : faultsFrom;
    script.at(last, () -> rollOut(spec, image, spec.changeCause()));
  }

  private void rollOut(WorkloadSpec spec, String image, Optional<String> changeCause) {
    ObjectNode object = Blueprints.workload(spec, image, changeCause);
    ResourceType type =
        store.catalogue().byKind(Json.text(object, "apiVersion"), spec.kind()).orElseThrow();
    ObjectKey key = ObjectKey.of(type, object);
    if (store.get(key).isEmpty()) {
      create(type, object);
      return;
    }
    Defaults.apply(object);
    store.update(
        key,
        present -> {
          present.set("spec", object.get("spec"));
          Json.child(present, "metadata", "annotations")
              .setAll(Json.child(object, "metadata", "annotations"));
        });
  }

  private void set(String node, Map<String, String> conditions) {
    store.update(
        new ObjectKey(NODES, "", node),
        n ->
            conditions.forEach(
                (type, status) ->
                    Blueprints.setNodeCondition(
                        Json.child(n, "status"), type, status, time.instant())));
  }
}
