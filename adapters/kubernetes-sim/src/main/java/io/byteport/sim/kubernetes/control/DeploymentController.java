package io.byteport.sim.kubernetes.control;

import static io.byteport.sim.kubernetes.store.ResourceCatalogue.DEPLOYMENTS;
import static io.byteport.sim.kubernetes.store.ResourceCatalogue.PODS;
import static io.byteport.sim.kubernetes.store.ResourceCatalogue.REPLICA_SETS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.ObjectKey;
import io.byteport.sim.kubernetes.store.ObjectStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Rolls Deployments out: a ReplicaSet per pod template, numbered revisions, the new one up as the
 * old ones go down.
 */
final class DeploymentController implements Controller {
  static final String REVISION = "deployment.kubernetes.io/revision";
  private static final String FORMER_REVISIONS = "deployment.kubernetes.io/revision-history";
  private static final Set<String> NOT_COPIED =
      Set.of(
          REVISION,
          FORMER_REVISIONS,
          "deployment.kubernetes.io/desired-replicas",
          "deployment.kubernetes.io/max-replicas",
          "kubectl.kubernetes.io/last-applied-configuration");
  private static final String COMPONENT = "deployment-controller";

  private final ObjectStore store;
  private final EventRecorder events;
  private final DeploymentStatus statuses;
  private final Unchanged unchanged;
  private long seen = -1;

  DeploymentController(ObjectStore store, EventRecorder events) {
    this.store = store;
    this.events = events;
    this.statuses = new DeploymentStatus(store);
    this.unchanged = new Unchanged(store);
  }

  @Override
  public void reconcile(Instant now) {
    long version = store.versionOf(DEPLOYMENTS, REPLICA_SETS, PODS);
    if (version == seen && now.isBefore(statuses.nextDeadline())) {
      return;
    }
    seen = version;
    Set<String> present = new HashSet<>();
    for (ObjectNode deployment : store.list(DEPLOYMENTS)) {
      present.add(Json.text(deployment, "metadata", "uid"));
      boolean quiet =
          unchanged.since(deployment)
              && !statuses.isOverdue(deployment, now)
              && !isRecreating(deployment);
      if (!quiet) {
        sync(deployment, now);
      }
    }
    statuses.retain(present);
  }

  @Override
  public Instant nextDue(Instant now) {
    return statuses.nextDeadline();
  }

  private static boolean isRecreating(ObjectNode deployment) {
    return Json.text(deployment, "spec", "strategy", "type").equals("Recreate");
  }

  private void sync(ObjectNode deployment, Instant now) {
    List<ObjectNode> all = owned(deployment);
    Optional<ObjectNode> found =
        all.stream().filter(rs -> sameTemplate(deployment, rs)).findFirst();
    boolean paused = Json.flag(deployment, "spec", "paused");
    String progress = "";
    ObjectNode current;
    if (found.isPresent()) {
      current = found.get();
      if (!paused && renumber(current, all)) {
        progress = "FoundNewReplicaSet";
      }
    } else if (paused) {
      return;
    } else {
      current = create(deployment, all);
      progress = "NewReplicaSetCreated";
    }
    current = refreshed(current);
    annotate(deployment, current);
    ObjectNode latest = refreshed(deployment);
    if (!paused) {
      roll(latest, current);
    }
    statuses.update(latest, refreshed(current), owned(latest), progress, now);
    if (!paused) {
      dropOldHistory(latest, current);
    }
  }

  private ObjectNode create(ObjectNode deployment, List<ObjectNode> existing) {
    ObjectNode template = (ObjectNode) Json.at(deployment, "spec", "template").deepCopy();
    String hash = Names.hash(template);
    Json.child(template, "metadata", "labels").put("pod-template-hash", hash);
    ObjectNode selector = (ObjectNode) Json.at(deployment, "spec", "selector").deepCopy();
    Json.child(selector, "matchLabels").put("pod-template-hash", hash);
    ObjectNode set =
        Json.object(
            "metadata",
            Json.object(
                "name",
                Json.text(deployment, "metadata", "name") + "-" + hash,
                "namespace",
                Json.text(deployment, "metadata", "namespace"),
                "labels",
                Json.at(template, "metadata", "labels"),
                "annotations",
                Json.object(REVISION, Integer.toString(highest(existing) + 1)),
                "ownerReferences",
                Json.array(Pods.reference(deployment))),
            "spec",
            Json.object("replicas", 0, "selector", selector, "template", template),
            "status",
            Json.object("replicas", 0));
    return store.create(REPLICA_SETS, set);
  }

  private boolean renumber(ObjectNode current, List<ObjectNode> all) {
    int highestOther =
        highest(
            all.stream()
                .filter(rs -> !ObjectKey.of(REPLICA_SETS, rs).equals(key(current)))
                .toList());
    int revision = revision(current);
    if (revision > highestOther) {
      return false;
    }
    store.update(
        key(current),
        rs -> {
          ObjectNode annotations = Json.child(rs, "metadata", "annotations");
          String former = Json.text(annotations, FORMER_REVISIONS);
          if (revision > 0) {
            annotations.put(
                FORMER_REVISIONS, former.isEmpty() ? "" + revision : former + "," + revision);
          }
          annotations.put(REVISION, Integer.toString(highestOther + 1));
        });
    return true;
  }

  private void annotate(ObjectNode deployment, ObjectNode current) {
    store.update(
        key(current),
        rs -> {
          ObjectNode annotations = Json.child(rs, "metadata", "annotations");
          Json.map(deployment, "metadata", "annotations")
              .forEach(
                  (name, value) -> {
                    if (!NOT_COPIED.contains(name)) {
                      annotations.put(name, value);
                    }
                  });
          int replicas = replicas(deployment);
          annotations.put("deployment.kubernetes.io/desired-replicas", "" + replicas);
          annotations.put(
              "deployment.kubernetes.io/max-replicas", "" + (replicas + Rollout.surge(deployment)));
        });
    store.update(
        ObjectKey.of(DEPLOYMENTS, deployment),
        d ->
            Json.child(d, "metadata", "annotations")
                .put(REVISION, Json.text(current, "metadata", "annotations", REVISION)));
  }

  private void roll(ObjectNode deployment, ObjectNode current) {
    List<ObjectNode> old =
        owned(deployment).stream().filter(rs -> !key(rs).equals(key(current))).toList();
    if (isRecreating(deployment)) {
      old.forEach(rs -> scale(deployment, rs, 0));
      boolean gone =
          old.stream()
              .allMatch(rs -> store.ownedBy(Json.text(rs, "metadata", "uid"), PODS).isEmpty());
      if (gone) {
        scale(deployment, current, replicas(deployment));
      }
      return;
    }
    Rollout rollout = Rollout.of(deployment, current, old);
    scale(deployment, current, rollout.newReplicas());
    Rollout after = Rollout.of(deployment, refreshed(current), old);
    for (int i = 0; i < old.size(); i++) {
      scale(deployment, old.get(i), after.oldReplicas().get(i));
    }
  }

  private void scale(ObjectNode deployment, ObjectNode set, int to) {
    int from = replicas(set);
    if (from == to) {
      return;
    }
    store.update(key(set), rs -> Json.child(rs, "spec").put("replicas", to));
    events.normal(
        deployment,
        COMPONENT,
        "ScalingReplicaSet",
        "Scaled %s replica set %s from %d to %d"
            .formatted(to > from ? "up" : "down", Json.text(set, "metadata", "name"), from, to));
  }

  private void dropOldHistory(ObjectNode deployment, ObjectNode current) {
    int limit = Json.integer(deployment, 10, "spec", "revisionHistoryLimit");
    List<ObjectNode> idle = new ArrayList<>();
    for (ObjectNode rs : owned(deployment)) {
      if (!key(rs).equals(key(current))
          && replicas(rs) == 0
          && Json.integer(rs, 0, "status", "replicas") == 0) {
        idle.add(rs);
      }
    }
    idle.sort(Comparator.comparingInt(DeploymentController::revision));
    for (int i = 0; i < idle.size() - limit; i++) {
      store.delete(key(idle.get(i)));
    }
  }

  private List<ObjectNode> owned(ObjectNode deployment) {
    return store.ownedBy(Json.text(deployment, "metadata", "uid"), REPLICA_SETS);
  }

  private ObjectNode refreshed(ObjectNode object) {
    var type = object.path("kind").asText().equals("Deployment") ? DEPLOYMENTS : REPLICA_SETS;
    return store.get(ObjectKey.of(type, object)).orElse(object);
  }

  private static boolean sameTemplate(ObjectNode deployment, ObjectNode set) {
    ObjectNode template = (ObjectNode) Json.at(set, "spec", "template").deepCopy();
    Json.child(template, "metadata", "labels").remove("pod-template-hash");
    return template.equals(Json.at(deployment, "spec", "template"));
  }

  private static int highest(List<ObjectNode> sets) {
    return sets.stream().mapToInt(DeploymentController::revision).max().orElse(0);
  }

  static int revision(JsonNode object) {
    return Json.integer(object, 0, "metadata", "annotations", REVISION);
  }

  static int replicas(JsonNode object) {
    return Json.integer(object, 1, "spec", "replicas");
  }

  private static ObjectKey key(ObjectNode set) {
    return ObjectKey.of(REPLICA_SETS, set);
  }
}
