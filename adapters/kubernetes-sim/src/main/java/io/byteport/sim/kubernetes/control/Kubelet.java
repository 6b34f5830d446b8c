package io.byteport.sim.kubernetes.control;

import static io.byteport.sim.kubernetes.store.ResourceCatalogue.NODES;
import static io.byteport.sim.kubernetes.store.ResourceCatalogue.PODS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.ObjectKey;
import io.byteport.sim.kubernetes.store.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs the pods of all nodes that are up; the pods of the others stand still. */
final class Kubelet implements Controller {
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(2);

  private final ObjectStore store;
  private final KubeletServices services;
  private final Map<String, PodRuntime> running = new HashMap<>();
  private long seen = -1;
  private Instant due = Instant.MAX;
  private int addresses;

  Kubelet(ObjectStore store, KubeletServices services) {
    this.store = store;
    this.services = services;
  }

  @Override
  public Instant nextDue(Instant now) {
    return due;
  }

  /** The faults have changed: every running container looks again at what awaits it. */
  void reconsider(Instant now) {
    for (ObjectNode pod : store.list(PODS)) {
      PodRuntime runtime = running.get(Json.text(pod, "metadata", "uid"));
      if (runtime != null) {
        runtime.reconsider(pod, now);
        due = earlier(due, runtime.due());
      }
    }
    seen = -1;
  }

  /** The container of a pod, if the kubelet has seen the pod. */
  Optional<ContainerRuntime> container(ObjectNode pod, String name) {
    return Optional.ofNullable(running.get(Json.text(pod, "metadata", "uid")))
        .flatMap(r -> r.container(name));
  }

  @Override
  public void reconcile(Instant now) {
    if (store.versionOf(PODS, NODES) == seen && now.isBefore(due)) {
      return;
    }
    due = Instant.MAX;
    Set<String> down = new HashSet<>();
    for (ObjectNode node : store.list(NODES)) {
      if (!NodeController.isUp(node)) {
        down.add(Json.text(node, "metadata", "name"));
      }
    }
    Set<String> present = new HashSet<>();
    for (ObjectNode pod : store.list(PODS)) {
      String node = Json.text(pod, "spec", "nodeName");
      present.add(Json.text(pod, "metadata", "uid"));
      if (!node.isEmpty() && !down.contains(node)) {
        due = earlier(due, sync(pod, now));
      }
    }
    running.keySet().retainAll(present);
    seen = store.versionOf(PODS, NODES);
  }

  private Instant sync(ObjectNode pod, Instant now) {
    PodRuntime runtime =
        running.computeIfAbsent(
            Json.text(pod, "metadata", "uid"),
            uid -> new PodRuntime(services, pod, services.names().address(addresses++), now));
    if (runtime.hasSeen(pod) && runtime.due().isAfter(now)) {
      return runtime.due();
    }
    ObjectKey key = ObjectKey.of(PODS, pod);
    if (Pods.isTerminating(pod)) {
      if (!runtime.isStopping()) {
        stop(pod, runtime, now);
      }
      if (!runtime.due().isAfter(now)) {
        store.delete(key);
        return Instant.MAX;
      }
      runtime.see(pod);
      return runtime.due();
    }
    runtime.play(pod, now);
    ObjectNode stored = store.update(key, p -> runtime.report(p, now)).orElse(pod);
    runtime.see(stored);
    return runtime.due();
  }

  private void stop(ObjectNode pod, PodRuntime runtime, Instant now) {
    runtime.sayStopping(pod);
    Instant limit = Instant.parse(Json.text(pod, "metadata", "deletionTimestamp"));
    Instant usual = now.plus(STOPS_WITHIN);
    runtime.stop(limit.isBefore(usual) && limit.isAfter(now) ? limit : usual);
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
