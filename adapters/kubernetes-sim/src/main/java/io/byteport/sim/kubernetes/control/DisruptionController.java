package io.byteport.sim.kubernetes.control;

import static io.byteport.sim.kubernetes.store.ResourceCatalogue.DISRUPTION_BUDGETS;
import static io.byteport.sim.kubernetes.store.ResourceCatalogue.PODS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.ObjectKey;
import io.byteport.sim.kubernetes.store.ObjectStore;
import io.byteport.sim.kubernetes.store.ResourceCatalogue;
import io.byteport.sim.kubernetes.store.ResourceType;
import io.byteport.sim.kubernetes.store.Selector;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Keeps the status of PodDisruptionBudgets. */
final class DisruptionController implements Controller {
  private final ObjectStore store;
  private long seen = -1;

  DisruptionController(ObjectStore store) {
    this.store = store;
  }

  @Override
  public void reconcile(Instant now) {
    long version = store.versionOf(DISRUPTION_BUDGETS, PODS);
    if (version == seen) {
      return;
    }
    seen = version;
    for (ObjectNode budget : store.list(DISRUPTION_BUDGETS)) {
      sync(budget, now);
    }
  }

  private void sync(ObjectNode budget, Instant now) {
    String namespace = Json.text(budget, "metadata", "namespace");
    Predicate<JsonNode> selected = Selector.of(Json.at(budget, "spec", "selector"));
    List<ObjectNode> pods =
        store.list(PODS).stream()
            .filter(p -> namespace.equals(Json.text(p, "metadata", "namespace")))
            .filter(selected)
            .filter(Pods::isActive)
            .toList();
    int expected = expected(pods);
    int healthy = (int) pods.stream().filter(Pods::isReady).count();
    int desired =
        Json.has(budget, "spec", "minAvailable")
            ? Rollout.resolve(Json.text(budget, "spec", "minAvailable"), expected, true)
            : expected
                - Rollout.resolve(Json.text(budget, "spec", "maxUnavailable"), expected, true);
    int wanted = Math.max(0, desired);
    int allowed = expected == 0 ? 0 : Math.max(0, healthy - wanted);
    store.update(
        ObjectKey.of(DISRUPTION_BUDGETS, budget),
        b -> {
          ObjectNode status = Json.child(b, "status");
          status.put("observedGeneration", Json.integer(b, 1, "metadata", "generation"));
          status.put("currentHealthy", healthy);
          status.put("desiredHealthy", wanted);
          status.put("expectedPods", expected);
          status.put("disruptionsAllowed", allowed);
          Conditions.set(
              status,
              "DisruptionAllowed",
              allowed > 0 ? "True" : "False",
              allowed > 0 ? "SufficientPods" : "InsufficientPods",
              "",
              now);
        });
  }

  /** What the controllers of these pods ask for; a pod without one counts itself. */
  private int expected(List<ObjectNode> pods) {
    Map<String, Integer> byOwner = new HashMap<>();
    int alone = 0;
    for (ObjectNode pod : pods) {
      Optional<ObjectNode> owner = owner(pod).map(o -> owner(o).orElse(o));
      if (owner.isEmpty() || !Json.has(owner.get(), "spec", "replicas")) {
        alone++;
      } else {
        byOwner.put(
            Json.text(owner.get(), "metadata", "uid"), DeploymentController.replicas(owner.get()));
      }
    }
    return alone + byOwner.values().stream().mapToInt(Integer::intValue).sum();
  }

  private Optional<ObjectNode> owner(ObjectNode object) {
    for (ObjectNode reference : Json.objects(object, "metadata", "ownerReferences")) {
      for (ResourceType type :
          List.of(
              ResourceCatalogue.REPLICA_SETS,
              ResourceCatalogue.DEPLOYMENTS,
              ResourceCatalogue.STATEFUL_SETS)) {
        if (type.kind().equals(Json.text(reference, "kind"))) {
          return store.get(
              type, Json.text(object, "metadata", "namespace"), Json.text(reference, "name"));
        }
      }
    }
    return Optional.empty();
  }
}
