package io.byteport.sim.kubernetes.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.control.ContainerState.Running;
import io.byteport.sim.kubernetes.control.ContainerState.Terminated;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.ObjectStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The containers of one pod and the status they add up to. Init containers run one after the other,
 * and the others start once the last one has ended well.
 */
final class PodRuntime {
  private final List<ContainerRuntime> initial;
  private final List<ContainerRuntime> containers;
  private final Instant acceptedAt;
  private final String address;
  private String seenVersion = "";
  private Instant goneAt = Instant.MAX;

  PodRuntime(KubeletServices services, ObjectNode pod, String address, Instant now) {
    this.acceptedAt = now;
    this.address = address;
    boolean initializes = Json.has(pod, "spec", "initContainers");
    String waitingFor = initializes ? "PodInitializing" : "ContainerCreating";
    this.initial = runtimes(services, pod, true, waitingFor);
    this.containers = runtimes(services, pod, false, waitingFor);
    (initializes ? initial.subList(0, 1) : containers)
        .forEach(first -> first.release(now.plusSeconds(1)));
  }

  private static List<ContainerRuntime> runtimes(
      KubeletServices services, ObjectNode pod, boolean initial, String waitingFor) {
    List<ContainerRuntime> all = new ArrayList<>();
    for (JsonNode container : Json.at(pod, "spec", initial ? "initContainers" : "containers")) {
      all.add(new ContainerRuntime(services, Json.text(container, "name"), initial, waitingFor));
    }
    return all;
  }

  private Stream<ContainerRuntime> all() {
    return Stream.concat(initial.stream(), containers.stream());
  }

  Instant due() {
    return goneAt.equals(Instant.MAX)
        ? all().map(ContainerRuntime::due).min(Instant::compareTo).orElse(Instant.MAX)
        : goneAt;
  }

  boolean hasSeen(ObjectNode pod) {
    return seenVersion.equals(Json.text(pod, "metadata", "resourceVersion"));
  }

  void see(ObjectNode pod) {
    seenVersion = Json.text(pod, "metadata", "resourceVersion");
  }

  boolean isStopping() {
    return !goneAt.equals(Instant.MAX);
  }

  void stop(Instant at) {
    goneAt = at;
  }

  void play(ObjectNode pod, Instant now) {
    for (ContainerRuntime container : initial) {
      play(container, pod, now);
      Optional<Instant> completed = container.completedAt();
      if (completed.isEmpty()) {
        return;
      }
      after(container).forEach(next -> next.release(completed.get().plusSeconds(1)));
    }
    containers.forEach(container -> play(container, pod, now));
  }

  private void play(ContainerRuntime container, ObjectNode pod, Instant now) {
    if (!hasSeen(pod)) {
      container.reconsider(pod, now);
    }
    container.play(pod, now);
  }

  /** What waits for an init container. */
  private List<ContainerRuntime> after(ContainerRuntime container) {
    int next = initial.indexOf(container) + 1;
    return next < initial.size() ? initial.subList(next, next + 1) : containers;
  }

  void sayStopping(ObjectNode pod) {
    all().forEach(container -> container.sayStopping(pod));
  }

  void reconsider(ObjectNode pod, Instant now) {
    all().forEach(c -> c.reconsider(pod, now));
  }

  Optional<ContainerRuntime> container(String name) {
    return all().filter(c -> c.name().equals(name)).findFirst();
  }

  /** Writes what is the case into a pod's status. */
  void report(ObjectNode pod, Instant now) {
    ObjectNode status = Json.child(pod, "status");
    boolean done = isDone();
    String phase = phase(done);
    status.put("phase", phase);
    status.put("hostIP", "10.0.0." + (1 + Math.floorMod(nodeName(pod).hashCode(), 250)));
    status.put("startTime", ObjectStore.timestamp(acceptedAt));
    status.put("podIP", address);
    status.set("podIPs", Json.array(Json.object("ip", address)));
    String unready =
        containers.stream()
            .filter(c -> !c.isReady())
            .map(ContainerRuntime::name)
            .collect(Collectors.joining(" "));
    boolean ready = unready.isEmpty() && !done;
    String reason = ready ? "" : done ? "PodCompleted" : "ContainersNotReady";
    String message = ready || done ? "" : "containers with unready status: [" + unready + "]";
    Conditions.set(status, "PodReadyToStartContainers", "True", "", "", now);
    initialized(status, now);
    Conditions.set(status, "Ready", ready ? "True" : "False", reason, message, now);
    Conditions.set(status, "ContainersReady", ready ? "True" : "False", reason, message, now);
    Conditions.set(status, "PodScheduled", "True", "", "", now);
    if (!initial.isEmpty()) {
      status.set("initContainerStatuses", statuses(initial, pod));
    }
    status.set("containerStatuses", statuses(containers, pod));
  }

  private static ArrayNode statuses(List<ContainerRuntime> containers, ObjectNode pod) {
    ArrayNode statuses = Json.array();
    containers.forEach(container -> statuses.add(container.status(pod)));
    return statuses;
  }

  private void initialized(ObjectNode status, Instant now) {
    String incomplete =
        initial.stream()
            .filter(c -> c.completedAt().isEmpty())
            .map(ContainerRuntime::name)
            .collect(Collectors.joining(" "));
    boolean yes = incomplete.isEmpty();
    Conditions.set(
        status,
        "Initialized",
        yes ? "True" : "False",
        yes ? "" : "ContainersNotInitialized",
        yes ? "" : "containers with incomplete status: [" + incomplete + "]",
        now);
  }

  private boolean isDone() {
    return hasFailedToInitialize() || containers.stream().allMatch(ContainerRuntime::isDone);
  }

  private boolean hasFailedToInitialize() {
    return initial.stream().anyMatch(c -> c.isDone() && c.completedAt().isEmpty());
  }

  private String phase(boolean done) {
    if (done) {
      boolean failed =
          hasFailedToInitialize()
              || containers.stream()
                  .anyMatch(c -> c.state() instanceof Terminated t && t.exitCode() != 0);
      return failed ? "Failed" : "Succeeded";
    }
    boolean begun =
        containers.stream().anyMatch(c -> c.state() instanceof Running || c.last().isPresent());
    boolean creating =
        containers.stream()
            .anyMatch(c -> c.state() instanceof ContainerState.Waiting && c.last().isEmpty());
    return begun && !creating ? "Running" : "Pending";
  }

  private static String nodeName(ObjectNode pod) {
    return Json.text(pod, "spec", "nodeName");
  }
}
