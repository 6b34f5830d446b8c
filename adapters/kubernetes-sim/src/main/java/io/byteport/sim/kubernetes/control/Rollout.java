package io.byteport.sim.kubernetes.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * How many pods each ReplicaSet of a rolling Deployment should have next.
 *
 * @param oldReplicas in the order in which the old ReplicaSets were given
 */
record Rollout(int newReplicas, List<Integer> oldReplicas) {
  Rollout {
    oldReplicas = List.copyOf(oldReplicas);
  }

  static Rollout of(ObjectNode deployment, ObjectNode current, List<ObjectNode> old) {
    int wanted = DeploymentController.replicas(deployment);
    int has = DeploymentController.replicas(current);
    int total = has + old.stream().mapToInt(DeploymentController::replicas).sum();
    int room = wanted + surge(deployment) - total;
    int next = has >= wanted ? wanted : Math.min(wanted, has + Math.max(0, room));
    return new Rollout(next, shrink(deployment, current, old, total));
  }

  private static List<Integer> shrink(
      ObjectNode deployment, ObjectNode current, List<ObjectNode> old, int total) {
    int wanted = DeploymentController.replicas(deployment);
    int minAvailable = wanted - unavailable(deployment);
    int currentAvailable = available(current);
    int currentMissing = DeploymentController.replicas(current) - currentAvailable;
    int budget = Math.max(0, total - minAvailable - currentMissing);
    List<Integer> next = new ArrayList<>();
    int removed = 0;
    int availableNow = currentAvailable;
    for (ObjectNode set : old) {
      int has = DeploymentController.replicas(set);
      int broken = Math.max(0, Math.min(has - available(set), budget - removed));
      removed += broken;
      availableNow += available(set);
      next.add(has - broken);
    }
    int spare = Math.max(0, availableNow - minAvailable);
    for (int i = 0; i < next.size(); i++) {
      int cut = Math.min(next.get(i), Math.min(spare, Math.max(0, budget - removed)));
      next.set(i, next.get(i) - cut);
      spare -= cut;
      removed += cut;
    }
    return next;
  }

  /** {@code maxSurge} in pods. */
  static int surge(JsonNode deployment) {
    return amount(deployment, "maxSurge", true);
  }

  /** {@code maxUnavailable} in pods; one where both would be none. */
  static int unavailable(JsonNode deployment) {
    int value = amount(deployment, "maxUnavailable", false);
    return value == 0 && surge(deployment) == 0 ? 1 : value;
  }

  private static int amount(JsonNode deployment, String name, boolean roundUp) {
    JsonNode value = Json.at(deployment, "spec", "strategy", "rollingUpdate", name);
    return resolve(
        value.isMissingNode() ? "25%" : value.asText(),
        DeploymentController.replicas(deployment),
        roundUp);
  }

  /** A number, or a percentage of {@code of}. */
  static int resolve(String value, int of, boolean roundUp) {
    if (!value.endsWith("%")) {
      return Integer.parseInt(value);
    }
    double share = Integer.parseInt(value.substring(0, value.length() - 1)) * of / 100.0;
    return (int) (roundUp ? Math.ceil(share) : Math.floor(share));
  }

  private static int available(JsonNode set) {
    return Json.integer(set, 0, "status", "availableReplicas");
  }
}
