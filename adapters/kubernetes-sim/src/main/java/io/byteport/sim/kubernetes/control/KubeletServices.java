package io.byteport.sim.kubernetes.control;

import static io.byteport.sim.kubernetes.store.ResourceCatalogue.NODES;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.ObjectStore;
import java.util.HashSet;
import java.util.Set;

/** What the containers of all nodes share. */
final class KubeletServices {
  private final ObjectStore store;
  private final EventRecorder events;
  private final FaultBook faults;
  private final Names names;
  private final ConfigReferences references;
  private final Set<String> images = new HashSet<>();

  KubeletServices(ObjectStore store, EventRecorder events, FaultBook faults, Names names) {
    this.store = store;
    this.events = events;
    this.faults = faults;
    this.names = names;
    this.references = new ConfigReferences(store);
  }

  EventRecorder events() {
    return events;
  }

  FaultBook faults() {
    return faults;
  }

  Names names() {
    return names;
  }

  ConfigReferences references() {
    return references;
  }

  boolean hasImage(ObjectNode pod, String image) {
    return images.contains(Json.text(pod, "spec", "nodeName") + " " + image);
  }

  void keepImage(ObjectNode pod, String image) {
    images.add(Json.text(pod, "spec", "nodeName") + " " + image);
  }

  void reportOutOfMemory(ObjectNode pod, String container) {
    store
        .get(NODES, "", Json.text(pod, "spec", "nodeName"))
        .ifPresent(
            node ->
                events.warning(
                    node,
                    "kernel-monitor",
                    "OOMKilling",
                    "Memory cgroup out of memory: Killed process 1 (%s), pod %s"
                        .formatted(container, Json.text(pod, "metadata", "name"))));
  }
}
