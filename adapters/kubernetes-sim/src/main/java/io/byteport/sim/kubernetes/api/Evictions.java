package io.byteport.sim.kubernetes.api;

import static io.byteport.sim.kubernetes.store.ResourceCatalogue.DISRUPTION_BUDGETS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.control.Simulation;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.ObjectKey;
import io.byteport.sim.kubernetes.store.Selector;
import java.util.ArrayList;
import java.util.List;

/** The {@code eviction} subresource of pods: a deletion that disruption budgets may forbid. */
final class Evictions {
  private Evictions() {}

  /** Evicts a pod; the caller holds the simulation's lock. */
  static ApiResponse evict(
      Simulation simulation, ObjectNode pod, ObjectNode eviction, boolean dryRun) {
    List<ObjectNode> budgets = new ArrayList<>();
    String namespace = Json.text(pod, "metadata", "namespace");
    for (ObjectNode budget : simulation.store().list(DISRUPTION_BUDGETS)) {
      if (namespace.equals(Json.text(budget, "metadata", "namespace"))
          && Selector.of(Json.at(budget, "spec", "selector")).test(pod)) {
        budgets.add(budget);
      }
    }
    if (budgets.size() > 1) {
      throw new ApiException(
          500,
          "InternalError",
          "This pod has more than one PodDisruptionBudget, which the eviction subresource does not"
              + " support.");
    }
    if (!isFree(pod) && !budgets.isEmpty()) {
      spend(simulation, budgets.getFirst(), isReady(pod), dryRun);
    }
    if (!dryRun) {
      simulation.terminate(pod, Json.integer(eviction, -1, "deleteOptions", "gracePeriodSeconds"));
    }
    return ApiResponse.json(
        201,
        Json.object(
            "kind",
            "Status",
            "apiVersion",
            "v1",
            "metadata",
            Json.object(),
            "status",
            "Success",
            "code",
            201));
  }

  private static void spend(
      Simulation simulation, ObjectNode budget, boolean podIsReady, boolean dryRun) {
    int allowed = Json.integer(budget, 0, "status", "disruptionsAllowed");
    int healthy = Json.integer(budget, 0, "status", "currentHealthy");
    int desired = Json.integer(budget, 0, "status", "desiredHealthy");
    boolean always = Json.text(budget, "spec", "unhealthyPodEvictionPolicy").equals("AlwaysAllow");
    if (!podIsReady && (always || (healthy >= desired && desired > 0))) {
      return;
    }
    if (allowed <= 0) {
      String name = Json.text(budget, "metadata", "name");
      ObjectNode cause =
          Json.object(
              "reason",
              "DisruptionBudget",
              "message",
              "The disruption budget %s needs %d healthy pods and has %d currently"
                  .formatted(name, desired, healthy));
      throw new ApiException(
          429,
          "TooManyRequests",
          "Cannot evict pod as it would violate the pod's disruption budget.",
          Json.object("causes", Json.array(cause)));
    }
    if (!dryRun) {
      simulation
          .store()
          .update(
              ObjectKey.of(DISRUPTION_BUDGETS, budget),
              b -> Json.child(b, "status").put("disruptionsAllowed", allowed - 1));
    }
  }

  /** No budget is spent on what does not run, or is going already. */
  private static boolean isFree(ObjectNode pod) {
    return Json.has(pod, "metadata", "deletionTimestamp")
        || List.of("Pending", "Succeeded", "Failed").contains(Json.text(pod, "status", "phase"));
  }

  private static boolean isReady(ObjectNode pod) {
    return Json.objects(pod, "status", "conditions").stream()
        .anyMatch(
            c -> Json.text(c, "type").equals("Ready") && Json.text(c, "status").equals("True"));
  }
}
