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

/** The containers of one pod and the status they add up to. */
final class PodRuntime {
  private final List<ContainerRuntime> containers = new ArrayList<>();
  private final Instant acceptedAt;
  private final String address;
  private String seenVersion = "";
  private Instant goneAt = Instant.MAX;

  PodRuntime(KubeletServices services, ObjectNode pod, String address, Instant now) {
    this.acceptedAt = now;
    this.address = address;
    for (JsonNode container : Json.at(pod, "spec", "containers")) {
      containers.add(
          new ContainerRuntime(services, Json.text(container, "name"), now.plusSeconds(1)));
    }
  }

  Instant due() {
    return goneAt.equals(Instant.MAX)
        ? containers.stream().map(ContainerRuntime::due).min(Instant::compareTo).orElse(Instant.MAX)
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
    for (ContainerRuntime container : containers) {
      if (!hasSeen(pod)) {
        container.reconsider(pod, now);
      }
      container.play(pod, now);
    }
  }

  void reconsider(ObjectNode pod, Instant now) {
    containers.forEach(c -> c.reconsider(pod, now));
  }

  Optional<ContainerRuntime> container(String name) {
    return containers.stream().filter(c -> c.name().equals(name)).findFirst();
  }

  /** Writes what is the case into a pod's status. */
  void report(ObjectNode pod, Instant now) {
    ObjectNode status = Json.child(pod, "status");
    boolean done = containers.stream().allMatch(ContainerRuntime::isDone);
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
    Conditions.set(status, "Initialized", "True", "", "", now);
    Conditions.set(status, "Ready", ready ? "True" : "False", reason, message, now);
    Conditions.set(status, "ContainersReady", ready ? "True" : "False", reason, message, now);
    Conditions.set(status, "PodScheduled", "True", "", "", now);
    ArrayNode statuses = Json.array();
    for (ContainerRuntime container : containers) {
      statuses.add(container.status(pod));
    }
    status.set("containerStatuses", statuses);
  }

  private String phase(boolean done) {
    if (done) {
      boolean failed =
          containers.stream().anyMatch(c -> c.state() instanceof Terminated t && t.exitCode() != 0);
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
