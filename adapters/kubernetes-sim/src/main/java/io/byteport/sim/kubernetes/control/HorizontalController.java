package io.byteport.sim.kubernetes.control;

import static io.byteport.sim.kubernetes.store.ResourceCatalogue.AUTOSCALERS;
import static io.byteport.sim.kubernetes.store.ResourceCatalogue.DEPLOYMENTS;
import static io.byteport.sim.kubernetes.store.ResourceCatalogue.STATEFUL_SETS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.ObjectKey;
import io.byteport.sim.kubernetes.store.ObjectStore;
import io.byteport.sim.kubernetes.store.ResourceType;
import java.time.Instant;
import java.util.Optional;

/** Keeps workloads between the bounds of their HorizontalPodAutoscalers; it follows no metric. */
final class HorizontalController implements Controller {
  private final ObjectStore store;
  private long seen = -1;

  HorizontalController(ObjectStore store) {
    this.store = store;
  }

  @Override
  public void reconcile(Instant now) {
    if (store.versionOf(AUTOSCALERS, DEPLOYMENTS, STATEFUL_SETS) == seen) {
      return;
    }
    for (ObjectNode autoscaler : store.list(AUTOSCALERS)) {
      target(autoscaler).ifPresent(key -> sync(autoscaler, key));
    }
    seen = store.versionOf(AUTOSCALERS, DEPLOYMENTS, STATEFUL_SETS);
  }

  private void sync(ObjectNode autoscaler, ObjectKey target) {
    ObjectNode workload = store.get(target).orElseThrow();
    int wanted = Json.integer(workload, 1, "spec", "replicas");
    int least = Json.integer(autoscaler, 1, "spec", "minReplicas");
    int most = Json.integer(autoscaler, wanted, "spec", "maxReplicas");
    // Nothing is done for a workload that somebody has scaled to nothing.
    int bounded = wanted == 0 ? 0 : Math.min(most, Math.max(least, wanted));
    if (bounded != wanted) {
      store.update(target, one -> Json.child(one, "spec").put("replicas", bounded));
    }
    int current = Json.integer(workload, 0, "status", "replicas");
    if (Json.integer(autoscaler, -1, "status", "currentReplicas") != current
        || Json.integer(autoscaler, -1, "status", "desiredReplicas") != bounded) {
      store.update(
          ObjectKey.of(AUTOSCALERS, autoscaler),
          one ->
              Json.child(one, "status")
                  .put("currentReplicas", current)
                  .put("desiredReplicas", bounded));
    }
  }

  private Optional<ObjectKey> target(ObjectNode autoscaler) {
    ResourceType type =
        Json.text(autoscaler, "spec", "scaleTargetRef", "kind").equals("StatefulSet")
            ? STATEFUL_SETS
            : DEPLOYMENTS;
    ObjectKey key =
        new ObjectKey(
            type,
            Json.text(autoscaler, "metadata", "namespace"),
            Json.text(autoscaler, "spec", "scaleTargetRef", "name"));
    return store.get(key).map(found -> key);
  }
}
