package io.byteport.sim.kubernetes.control;

import static io.byteport.sim.kubernetes.store.ResourceCatalogue.PODS;
import static io.byteport.sim.kubernetes.store.ResourceCatalogue.STATEFUL_SETS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.ObjectKey;
import io.byteport.sim.kubernetes.store.ObjectStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Keeps the numbered pods of StatefulSets: created in order, replaced from the highest number down.
 * Unlike the real one it also replaces an outdated pod that never became ready.
 */
final class StatefulSetController implements Controller {
  private static final String COMPONENT = "statefulset-controller";

  private final ObjectStore store;
  private final EventRecorder events;
  private final Revisions revisions;
  private long seen = -1;

  StatefulSetController(ObjectStore store, EventRecorder events) {
    this.store = store;
    this.events = events;
    this.revisions = new Revisions(store);
  }

  @Override
  public void reconcile(Instant now) {
    long version = store.versionOf(STATEFUL_SETS, PODS);
    if (version == seen) {
      return;
    }
    seen = version;
    for (ObjectNode set : store.list(STATEFUL_SETS)) {
      sync(set, now);
    }
  }

  private void sync(ObjectNode set, Instant now) {
    ObjectNode revision = revisions.current(set);
    String name = Json.text(set, "metadata", "name");
    Map<Integer, ObjectNode> pods =
        store.ownedBy(Json.text(set, "metadata", "uid"), PODS).stream()
            .collect(
                Collectors.toMap(
                    p ->
                        Integer.parseInt(
                            Json.text(p, "metadata", "name").substring(name.length() + 1)),
                    p -> p,
                    (a, b) -> b,
                    TreeMap::new));
    int wanted = DeploymentController.replicas(set);
    boolean parallel = Json.text(set, "spec", "podManagementPolicy").equals("Parallel");
    boolean steady = createMissing(set, revision, pods, wanted, parallel);
    if (steady) {
      removeOne(set, revision, pods, wanted, now);
    }
    status(set, revision, wanted);
  }

  private boolean createMissing(
      ObjectNode set,
      ObjectNode revision,
      Map<Integer, ObjectNode> pods,
      int wanted,
      boolean parallel) {
    boolean steady = true;
    for (int ordinal = 0; ordinal < wanted; ordinal++) {
      ObjectNode pod = pods.get(ordinal);
      boolean outdated = pod != null && !hash(pod).equals(Revisions.hash(revision));
      if (pod == null) {
        create(set, revision, ordinal);
        steady = false;
      }
      boolean waiting = pod == null || (!outdated && !Pods.isReady(pod)) || Pods.isTerminating(pod);
      steady &= !waiting;
      if (waiting && !parallel) {
        break;
      }
    }
    return steady;
  }

  private void create(ObjectNode set, ObjectNode revision, int ordinal) {
    String name = Json.text(set, "metadata", "name") + "-" + ordinal;
    ObjectNode pod = Pods.of(set, Json.at(set, "spec", "template"), name, "");
    ObjectNode labels = Json.child(pod, "metadata", "labels");
    labels.put("controller-revision-hash", Revisions.hash(revision));
    labels.put("statefulset.kubernetes.io/pod-name", name);
    labels.put("apps.kubernetes.io/pod-index", Integer.toString(ordinal));
    Json.child(pod, "spec").put("hostname", name);
    store.create(PODS, pod);
    events.normal(
        set,
        COMPONENT,
        "SuccessfulCreate",
        "create Pod %s in StatefulSet %s successful"
            .formatted(name, Json.text(set, "metadata", "name")));
  }

  private void removeOne(
      ObjectNode set, ObjectNode revision, Map<Integer, ObjectNode> pods, int wanted, Instant now) {
    boolean onDelete = Json.text(set, "spec", "updateStrategy", "type").equals("OnDelete");
    int partition = Json.integer(set, 0, "spec", "updateStrategy", "rollingUpdate", "partition");
    for (ObjectNode pod : new TreeMap<>(pods).descendingMap().values()) {
      int ordinal = Json.integer(pod, 0, "metadata", "labels", "apps.kubernetes.io/pod-index");
      boolean surplus = ordinal >= wanted;
      boolean outdated =
          !onDelete && ordinal >= partition && !hash(pod).equals(Revisions.hash(revision));
      if (surplus || outdated) {
        if (!Pods.isTerminating(pod)) {
          Pods.terminate(store, pod, now, -1);
          events.normal(
              set,
              COMPONENT,
              "SuccessfulDelete",
              "delete Pod %s in StatefulSet %s successful"
                  .formatted(
                      Json.text(pod, "metadata", "name"), Json.text(set, "metadata", "name")));
        }
        return;
      }
    }
  }

  private void status(ObjectNode set, ObjectNode revision, int wanted) {
    List<ObjectNode> pods =
        store.ownedBy(Json.text(set, "metadata", "uid"), PODS).stream()
            .filter(Pods::isActive)
            .toList();
    int ready = (int) pods.stream().filter(Pods::isReady).count();
    int updated = (int) pods.stream().filter(p -> hash(p).equals(Revisions.hash(revision))).count();
    String latest = Json.text(revision, "metadata", "name");
    boolean complete = updated == wanted && ready == wanted;
    store.update(
        ObjectKey.of(STATEFUL_SETS, set),
        s -> {
          String former = Json.text(s, "status", "currentRevision");
          s.set(
              "status",
              Json.object(
                  "observedGeneration",
                  Json.integer(s, 1, "metadata", "generation"),
                  "replicas",
                  pods.size(),
                  "readyReplicas",
                  ready,
                  "availableReplicas",
                  ready,
                  "currentReplicas",
                  complete ? updated : pods.size() - updated,
                  "updatedReplicas",
                  updated,
                  "currentRevision",
                  complete || former.isEmpty() ? latest : former,
                  "updateRevision",
                  latest,
                  "collisionCount",
                  0));
        });
  }

  private static String hash(ObjectNode pod) {
    return Json.text(pod, "metadata", "labels", "controller-revision-hash");
  }
}
