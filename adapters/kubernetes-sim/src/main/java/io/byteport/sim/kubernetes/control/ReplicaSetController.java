package io.byteport.sim.kubernetes.control;

import static io.byteport.sim.kubernetes.store.ResourceCatalogue.PODS;
import static io.byteport.sim.kubernetes.store.ResourceCatalogue.REPLICA_SETS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.ObjectKey;
import io.byteport.sim.kubernetes.store.ObjectStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Keeps as many pods as each ReplicaSet asks for. */
final class ReplicaSetController implements Controller {
  private static final String COMPONENT = "replicaset-controller";

  private final ObjectStore store;
  private final EventRecorder events;
  private final Names names;
  private final Unchanged unchanged;
  private long seen = -1;

  ReplicaSetController(ObjectStore store, EventRecorder events, Names names) {
    this.store = store;
    this.events = events;
    this.names = names;
    this.unchanged = new Unchanged(store);
  }

  @Override
  public void reconcile(Instant now) {
    long version = store.versionOf(REPLICA_SETS, PODS);
    if (version == seen) {
      return;
    }
    seen = version;
    for (ObjectNode set : store.list(REPLICA_SETS)) {
      if (!unchanged.since(set)) {
        sync(set, now);
      }
    }
  }

  private void sync(ObjectNode set, Instant now) {
    String uid = Json.text(set, "metadata", "uid");
    int wanted = DeploymentController.replicas(set);
    List<ObjectNode> pods = active(uid);
    for (int i = pods.size(); i < wanted; i++) {
      String prefix = Json.text(set, "metadata", "name") + "-";
      ObjectNode pod =
          Pods.of(set, Json.at(set, "spec", "template"), prefix + names.suffix(), prefix);
      ObjectNode created = store.create(PODS, pod);
      events.normal(
          set,
          COMPONENT,
          "SuccessfulCreate",
          "Created pod: " + Json.text(created, "metadata", "name"));
    }
    if (pods.size() > wanted) {
      pods.sort(cheapestFirst());
      for (ObjectNode pod : pods.subList(0, pods.size() - wanted)) {
        Pods.terminate(store, pod, now, -1);
        events.normal(
            set,
            COMPONENT,
            "SuccessfulDelete",
            "Deleted pod: " + Json.text(pod, "metadata", "name"));
      }
    }
    List<ObjectNode> remaining = active(uid);
    int ready = (int) remaining.stream().filter(Pods::isReady).count();
    store.update(
        ObjectKey.of(REPLICA_SETS, set),
        rs -> {
          ObjectNode status = Json.object("replicas", remaining.size());
          if (!remaining.isEmpty()) {
            status.put("fullyLabeledReplicas", remaining.size());
          }
          if (ready > 0) {
            status.put("readyReplicas", ready).put("availableReplicas", ready);
          }
          status.put("observedGeneration", Json.integer(rs, 1, "metadata", "generation"));
          rs.set("status", status);
        });
  }

  private List<ObjectNode> active(String uid) {
    return new ArrayList<>(store.ownedBy(uid, PODS).stream().filter(Pods::isActive).toList());
  }

  private static Comparator<ObjectNode> cheapestFirst() {
    return Comparator.<ObjectNode, Boolean>comparing(
            p -> !Json.text(p, "spec", "nodeName").isEmpty())
        .thenComparing(Pods::isReady)
        .thenComparing(Comparator.comparingInt(Pods::restarts).reversed())
        .thenComparing(
            Comparator.<ObjectNode, String>comparing(
                    p -> Json.text(p, "metadata", "creationTimestamp"))
                .reversed());
  }
}
