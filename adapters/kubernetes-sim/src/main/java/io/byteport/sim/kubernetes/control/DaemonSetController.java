package io.byteport.sim.kubernetes.control;

import static io.byteport.sim.kubernetes.store.ResourceCatalogue.DAEMON_SETS;
import static io.byteport.sim.kubernetes.store.ResourceCatalogue.NODES;
import static io.byteport.sim.kubernetes.store.ResourceCatalogue.PODS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.ObjectKey;
import io.byteport.sim.kubernetes.store.ObjectStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Keeps one pod of each DaemonSet on every node that takes it, replaced one at a time. */
final class DaemonSetController implements Controller {
  private static final String COMPONENT = "daemonset-controller";

  private final ObjectStore store;
  private final EventRecorder events;
  private final Names names;
  private final Revisions revisions;
  private long seen = -1;

  DaemonSetController(ObjectStore store, EventRecorder events, Names names) {
    this.store = store;
    this.events = events;
    this.names = names;
    this.revisions = new Revisions(store);
  }

  @Override
  public void reconcile(Instant now) {
    long version = store.versionOf(DAEMON_SETS, NODES, PODS);
    if (version == seen) {
      return;
    }
    seen = version;
    for (ObjectNode set : store.list(DAEMON_SETS)) {
      sync(set, now);
    }
  }

  private void sync(ObjectNode set, Instant now) {
    ObjectNode revision = revisions.current(set);
    List<ObjectNode> pods = store.ownedBy(Json.text(set, "metadata", "uid"), PODS);
    List<String> wanted = new ArrayList<>();
    for (ObjectNode node : store.list(NODES)) {
      if (Placement.admitsDaemon(node, Json.at(set, "spec", "template", "spec"))) {
        wanted.add(Json.text(node, "metadata", "name"));
      }
    }
    for (String node : wanted) {
      if (pods.stream().noneMatch(p -> node.equals(Json.text(p, "spec", "nodeName")))) {
        create(set, revision, node);
      }
    }
    boolean settled = pods.stream().allMatch(p -> outdated(p, revision) || Pods.isReady(p));
    for (ObjectNode pod : pods) {
      boolean surplus = !wanted.contains(Json.text(pod, "spec", "nodeName"));
      if ((surplus || (settled && outdated(pod, revision))) && !Pods.isTerminating(pod)) {
        Pods.terminate(store, pod, now, -1);
        settled = false;
      }
    }
    status(set, revision, wanted.size());
  }

  private void create(ObjectNode set, ObjectNode revision, String node) {
    String prefix = Json.text(set, "metadata", "name") + "-";
    ObjectNode pod =
        Pods.of(set, Json.at(set, "spec", "template"), prefix + names.suffix(), prefix);
    Json.child(pod, "metadata", "labels").put("controller-revision-hash", Revisions.hash(revision));
    Json.child(pod, "spec").put("nodeName", node);
    ObjectNode created = store.create(PODS, pod);
    events.normal(
        set,
        COMPONENT,
        "SuccessfulCreate",
        "Created pod: " + Json.text(created, "metadata", "name"));
  }

  private void status(ObjectNode set, ObjectNode revision, int wanted) {
    List<ObjectNode> pods =
        store.ownedBy(Json.text(set, "metadata", "uid"), PODS).stream()
            .filter(Pods::isActive)
            .toList();
    int ready = (int) pods.stream().filter(Pods::isReady).count();
    int updated = (int) pods.stream().filter(p -> !outdated(p, revision)).count();
    store.update(
        ObjectKey.of(DAEMON_SETS, set),
        s ->
            s.set(
                "status",
                Json.object(
                    "observedGeneration",
                    Json.integer(s, 1, "metadata", "generation"),
                    "desiredNumberScheduled",
                    wanted,
                    "currentNumberScheduled",
                    pods.size(),
                    "numberReady",
                    ready,
                    "numberAvailable",
                    ready,
                    "numberUnavailable",
                    Math.max(0, wanted - ready),
                    "updatedNumberScheduled",
                    updated,
                    "numberMisscheduled",
                    0)));
  }

  private static boolean outdated(ObjectNode pod, ObjectNode revision) {
    return !Json.text(pod, "metadata", "labels", "controller-revision-hash")
        .equals(Revisions.hash(revision));
  }
}
