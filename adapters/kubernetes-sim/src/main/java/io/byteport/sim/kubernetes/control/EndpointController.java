package io.byteport.sim.kubernetes.control;

import static io.byteport.sim.kubernetes.store.ResourceCatalogue.ENDPOINTS;
import static io.byteport.sim.kubernetes.store.ResourceCatalogue.ENDPOINT_SLICES;
import static io.byteport.sim.kubernetes.store.ResourceCatalogue.PODS;
import static io.byteport.sim.kubernetes.store.ResourceCatalogue.SERVICES;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.ObjectKey;
import io.byteport.sim.kubernetes.store.ObjectStore;
import io.byteport.sim.kubernetes.store.ResourceType;
import java.time.Instant;
import java.util.Map;

/** Keeps the Endpoints and the EndpointSlice of every Service that selects pods. */
final class EndpointController implements Controller {
  private final ObjectStore store;
  private long seen = -1;

  EndpointController(ObjectStore store) {
    this.store = store;
  }

  @Override
  public void reconcile(Instant now) {
    long version = store.versionOf(SERVICES, PODS);
    if (version == seen) {
      return;
    }
    seen = version;
    for (ObjectNode service : store.list(SERVICES)) {
      Map<String, String> selector = Json.map(service, "spec", "selector");
      if (!selector.isEmpty()) {
        sync(service, selector);
      }
    }
  }

  private void sync(ObjectNode service, Map<String, String> selector) {
    ArrayNode ready = Json.array();
    ArrayNode waiting = Json.array();
    ArrayNode slice = Json.array();
    String namespace = Json.text(service, "metadata", "namespace");
    for (ObjectNode pod : store.list(PODS)) {
      boolean selected =
          namespace.equals(Json.text(pod, "metadata", "namespace"))
              && Pods.isActive(pod)
              && Json.has(pod, "status", "podIP")
              && Json.map(pod, "metadata", "labels").entrySet().containsAll(selector.entrySet());
      if (selected) {
        boolean isReady = Pods.isReady(pod);
        (isReady ? ready : waiting).add(address(pod));
        slice.add(sliceEndpoint(pod, isReady));
      }
    }
    ArrayNode ports = Json.array();
    for (JsonNode port : Json.at(service, "spec", "ports")) {
      JsonNode target = port.has("targetPort") ? port.get("targetPort") : port.get("port");
      ports.add(
          Json.object(
              "name",
              port.has("name") ? port.get("name") : null,
              "port",
              target.asInt(Json.integer(port, 80, "port")),
              "protocol",
              "TCP"));
    }
    ObjectNode subset = Json.object();
    if (!ready.isEmpty()) {
      subset.set("addresses", ready);
    }
    if (!waiting.isEmpty()) {
      subset.set("notReadyAddresses", waiting);
    }
    subset.set("ports", ports);
    boolean none = ready.isEmpty() && waiting.isEmpty();
    String name = Json.text(service, "metadata", "name");
    put(service, ENDPOINTS, name, Json.object("subsets", none ? Json.array() : Json.array(subset)));
    put(
        service,
        ENDPOINT_SLICES,
        name + "-" + Names.hash(Json.tree(name)).substring(0, 5),
        Json.object("addressType", "IPv4", "endpoints", slice, "ports", ports));
  }

  private void put(ObjectNode service, ResourceType type, String name, ObjectNode content) {
    String namespace = Json.text(service, "metadata", "namespace");
    ObjectKey key = new ObjectKey(type, namespace, name);
    if (store.get(key).isPresent()) {
      store.update(key, object -> object.setAll(content));
      return;
    }
    ObjectNode object =
        Json.object(
            "metadata",
            Json.object(
                "name",
                name,
                "namespace",
                namespace,
                "labels",
                Json.object("kubernetes.io/service-name", Json.text(service, "metadata", "name")),
                "ownerReferences",
                Json.array(Pods.reference(service))));
    object.setAll(content);
    store.create(type, object);
  }

  private static ObjectNode address(ObjectNode pod) {
    return Json.object(
        "ip",
        Json.text(pod, "status", "podIP"),
        "nodeName",
        Json.text(pod, "spec", "nodeName"),
        "targetRef",
        target(pod));
  }

  private static ObjectNode sliceEndpoint(ObjectNode pod, boolean ready) {
    return Json.object(
        "addresses",
        Json.array(Json.text(pod, "status", "podIP")),
        "conditions",
        Json.object("ready", ready, "serving", ready, "terminating", false),
        "nodeName",
        Json.text(pod, "spec", "nodeName"),
        "targetRef",
        target(pod));
  }

  private static ObjectNode target(ObjectNode pod) {
    return Json.object(
        "kind",
        "Pod",
        "name",
        Json.text(pod, "metadata", "name"),
        "namespace",
        Json.text(pod, "metadata", "namespace"),
        "uid",
        Json.text(pod, "metadata", "uid"));
  }
}
