package io.byteport.sim.kubernetes.control;

import static io.byteport.sim.kubernetes.store.ResourceCatalogue.DEPLOYMENTS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.ObjectKey;
import io.byteport.sim.kubernetes.store.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the status of Deployments and watches their progress deadlines. */
final class DeploymentStatus {
  private static final int DEFAULT_DEADLINE_SECONDS = 600;

  private final ObjectStore store;
  private final Map<String, Instant> deadlines = new HashMap<>();

  DeploymentStatus(ObjectStore store) {
    this.store = store;
  }

  /** The earliest instant at which some Deployment has progressed for too long. */
  Instant nextDeadline() {
    return deadlines.values().stream().min(Instant::compareTo).orElse(Instant.MAX);
  }

  boolean isOverdue(ObjectNode deployment, Instant now) {
    Instant deadline = deadlines.get(Json.text(deployment, "metadata", "uid"));
    return deadline != null && !deadline.isAfter(now);
  }

  /** Forgets the Deployments that are gone. */
  void retain(Set<String> uids) {
    deadlines.keySet().retainAll(uids);
  }

  /**
   * Writes what is the case now.
   *
   * @param begun the reason to report if this is the beginning of a rollout, or empty
   */
  void update(
      ObjectNode deployment, ObjectNode current, List<ObjectNode> all, String begun, Instant now) {
    JsonNode before = deployment.path("status");
    int total = sum(all, "replicas");
    int updated = Json.integer(current, 0, "status", "replicas");
    int ready = sum(all, "readyReplicas");
    int available = sum(all, "availableReplicas");
    int wanted = DeploymentController.replicas(deployment);
    ObjectNode status = before instanceof ObjectNode object ? object.deepCopy() : Json.object();
    status.put("observedGeneration", Json.integer(deployment, 1, "metadata", "generation"));
    put(status, "replicas", total);
    put(status, "updatedReplicas", updated);
    put(status, "readyReplicas", ready);
    put(status, "availableReplicas", available);
    put(status, "unavailableReplicas", Math.max(0, Math.max(total, wanted) - available));
    boolean enough = available >= wanted - Rollout.unavailable(deployment);
    Conditions.set(
        status,
        "Available",
        enough ? "True" : "False",
        enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
        "Deployment " + (enough ? "has" : "does not have") + " minimum availability.",
        now);
    boolean complete = updated == wanted && total == wanted && available == wanted;
    boolean progressed =
        updated > Json.integer(before, 0, "updatedReplicas")
            || ready > Json.integer(before, 0, "readyReplicas")
            || available > Json.integer(before, 0, "availableReplicas")
            || total - updated
                < Json.integer(before, 0, "replicas") - Json.integer(before, 0, "updatedReplicas");
    progress(deployment, status, current, new Progress(begun, complete, progressed), now);
    store.update(ObjectKey.of(DEPLOYMENTS, deployment), d -> d.set("status", status));
  }

  private record Progress(String begun, boolean complete, boolean progressed) {}

  private void progress(
      ObjectNode deployment, ObjectNode status, ObjectNode current, Progress made, Instant now) {
    deadlines.remove(Json.text(deployment, "metadata", "uid"));
    JsonNode condition = Conditions.get(Json.object("status", status), "Progressing");
    String reason = Json.text(condition, "reason");
    String set = "ReplicaSet \"" + Json.text(current, "metadata", "name") + "\"";
    Duration deadline =
        Duration.ofSeconds(
            Json.integer(deployment, DEFAULT_DEADLINE_SECONDS, "spec", "progressDeadlineSeconds"));
    if (!made.begun().isEmpty()) {
      String text = made.begun().equals("NewReplicaSetCreated") ? "Created new" : "Found new";
      String name = Json.text(current, "metadata", "name");
      touch(status, "True", made.begun(), text + " replica set \"" + name + "\"", now);
    } else if (made.complete()) {
      if (!reason.equals("NewReplicaSetAvailable")) {
        touch(status, "True", "NewReplicaSetAvailable", set + " has successfully progressed.", now);
      }
      return;
    } else if (reason.equals("NewReplicaSetAvailable")) {
      return;
    } else if (made.progressed()) {
      touch(status, "True", "ReplicaSetUpdated", set + " is progressing.", now);
    } else if (reason.equals("ProgressDeadlineExceeded")) {
      return;
    } else {
      Instant due = Instant.parse(Json.text(condition, "lastUpdateTime")).plus(deadline);
      if (!due.isAfter(now)) {
        touch(
            status, "False", "ProgressDeadlineExceeded", set + " has timed out progressing.", now);
        return;
      }
      expect(deployment, due);
      return;
    }
    expect(deployment, Instant.parse(ObjectStore.timestamp(now)).plus(deadline));
  }

  private void expect(ObjectNode deployment, Instant due) {
    deadlines.put(Json.text(deployment, "metadata", "uid"), due);
  }

  private static void touch(
      ObjectNode status, String value, String reason, String message, Instant now) {
    Conditions.set(status, "Progressing", value, reason, message, now)
        .put("lastUpdateTime", ObjectStore.timestamp(now));
  }

  private static int sum(List<ObjectNode> sets, String field) {
    return sets.stream().mapToInt(rs -> Json.integer(rs, 0, "status", field)).sum();
  }

  private static void put(ObjectNode status, String name, int value) {
    if (value == 0) {
      status.remove(name);
    } else {
      status.put(name, value);
    }
  }
}
