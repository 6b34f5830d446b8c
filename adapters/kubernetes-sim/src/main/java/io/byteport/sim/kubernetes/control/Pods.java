package io.byteport.sim.kubernetes.control;

import static io.byteport.sim.kubernetes.store.ResourceCatalogue.PODS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.ObjectKey;
import io.byteport.sim.kubernetes.store.ObjectStore;
import io.byteport.sim.kubernetes.store.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/** Makes, reads and ends pods. */
final class Pods {
  private static final int DEFAULT_GRACE_SECONDS = 30;

  private Pods() {}

  /** A pod of a template that belongs to {@code owner}; not stored yet. */
  static ObjectNode of(ObjectNode owner, JsonNode template, String name, String generateName) {
    ObjectNode metadata = Json.object("name", name);
    if (!generateName.isEmpty()) {
      metadata.put("generateName", generateName);
    }
    metadata.put("namespace", Json.text(owner, "metadata", "namespace"));
    for (String copied : new String[] {"labels", "annotations"}) {
      if (Json.has(template, "metadata", copied)) {
        metadata.set(copied, Json.at(template, "metadata", copied).deepCopy());
      }
    }
    metadata.putArray("ownerReferences").add(reference(owner));
    ObjectNode pod = Json.object("apiVersion", "v1", "kind", "Pod", "metadata", metadata);
    pod.set("spec", template.path("spec").deepCopy());
    pod.set("status", initialStatus(pod));
    return pod;
  }

  /** The status of a pod that nobody has looked at yet. */
  static ObjectNode initialStatus(JsonNode pod) {
    return Json.object("phase", "Pending", "qosClass", qualityOfService(pod));
  }

  static ObjectNode reference(ObjectNode owner) {
    return Json.object(
        "apiVersion",
        Json.text(owner, "apiVersion"),
        "kind",
        Json.text(owner, "kind"),
        "name",
        Json.text(owner, "metadata", "name"),
        "uid",
        Json.text(owner, "metadata", "uid"),
        "controller",
        true,
        "blockOwnerDeletion",
        true);
  }

  static boolean isReady(JsonNode pod) {
    return Conditions.isTrue(pod, "Ready");
  }

  static boolean isTerminating(JsonNode pod) {
    return Json.has(pod, "metadata", "deletionTimestamp");
  }

  /** Neither finished nor being ended. */
  static boolean isActive(JsonNode pod) {
    String phase = Json.text(pod, "status", "phase");
    return !isTerminating(pod) && !phase.equals("Failed") && !phase.equals("Succeeded");
  }

  static int restarts(JsonNode pod) {
    int sum = 0;
    for (JsonNode status : Json.at(pod, "status", "containerStatuses")) {
      sum += Json.integer(status, 0, "restartCount");
    }
    return sum;
  }

  /** What the containers of a pod ask for of {@code cpu} or {@code memory}. */
  static BigDecimal request(JsonNode pod, String resource) {
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode container : Json.at(pod, "spec", "containers")) {
      sum = sum.add(ownRequest(container.path("resources"), resource));
    }
    return sum.max(largestInitRequest(pod, resource));
  }

  /** They run one after the other, so the scheduler keeps room for the largest. */
  private static BigDecimal largestInitRequest(JsonNode pod, String resource) {
    BigDecimal largest = BigDecimal.ZERO;
    for (JsonNode container : Json.at(pod, "spec", "initContainers")) {
      largest = largest.max(ownRequest(container.path("resources"), resource));
    }
    return largest;
  }

  private static BigDecimal ownRequest(JsonNode resources, String resource) {
    String request = Json.text(resources, "requests", resource);
    String limit = Json.text(resources, "limits", resource);
    return request.isEmpty() && limit.isEmpty()
        ? BigDecimal.ZERO
        : Quantity.parse(request.isEmpty() ? limit : request);
  }

  /** Asks the kubelet to end a pod; the pod of no node, or one without grace, is gone at once. */
  static void terminate(ObjectStore store, ObjectNode pod, Instant now, int graceSeconds) {
    ObjectKey key = ObjectKey.of(PODS, pod);
    int grace =
        graceSeconds >= 0
            ? graceSeconds
            : Json.integer(pod, DEFAULT_GRACE_SECONDS, "spec", "terminationGracePeriodSeconds");
    if (grace == 0 || Json.text(pod, "spec", "nodeName").isEmpty()) {
      store.delete(key);
      return;
    }
    String until = ObjectStore.timestamp(now.plus(Duration.ofSeconds(grace)));
    store.update(
        key,
        node -> {
          ObjectNode metadata = Json.child(node, "metadata");
          if (!metadata.has("deletionTimestamp")) {
            metadata.put("deletionTimestamp", until);
            metadata.put("deletionGracePeriodSeconds", grace);
          }
        });
  }

  private static String qualityOfService(JsonNode pod) {
    boolean any = false;
    boolean all = true;
    for (JsonNode container : Json.at(pod, "spec", "containers")) {
      JsonNode limits = Json.at(container, "resources", "limits");
      JsonNode requests = Json.at(container, "resources", "requests");
      any |= !limits.isEmpty() || !requests.isEmpty();
      all &=
          limits.has("cpu")
              && limits.has("memory")
              && (requests.isEmpty() || requests.equals(limits));
    }
    return !any ? "BestEffort" : all ? "Guaranteed" : "Burstable";
  }
}
