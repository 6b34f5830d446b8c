package io.byteport.sim.kubernetes.control;

import static io.byteport.sim.kubernetes.store.ResourceCatalogue.CONTROLLER_REVISIONS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.ObjectKey;
import io.byteport.sim.kubernetes.store.ObjectStore;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The ControllerRevisions of StatefulSets and DaemonSets. */
final class Revisions {
  private final ObjectStore store;

  Revisions(ObjectStore store) {
    this.store = store;
  }

  /** The revision of the owner's present template, made or renumbered to be the newest. */
  ObjectNode current(ObjectNode owner) {
    ObjectNode template = (ObjectNode) Json.at(owner, "spec", "template").deepCopy();
    template.put("$patch", "replace");
    ObjectNode data = Json.object("spec", Json.object("template", template));
    List<ObjectNode> all = of(owner);
    int highest = all.stream().mapToInt(Revisions::number).max().orElse(0);
    Optional<ObjectNode> found = all.stream().filter(r -> data.equals(r.path("data"))).findFirst();
    if (found.isPresent()) {
      ObjectKey key = ObjectKey.of(CONTROLLER_REVISIONS, found.get());
      return store
          .update(
              key,
              r -> {
                if (number(r) < highest) {
                  r.put("revision", highest + 1);
                }
              })
          .orElseThrow();
    }
    ObjectNode created = store.create(CONTROLLER_REVISIONS, make(owner, data, highest + 1));
    dropOldest(owner);
    return created;
  }

  private static ObjectNode make(ObjectNode owner, ObjectNode data, int number) {
    String hash = Names.hash(Json.at(owner, "spec", "template"));
    ObjectNode labels =
        (ObjectNode) Json.at(owner, "spec", "template", "metadata", "labels").deepCopy();
    labels.put("controller-revision-hash", hash);
    ObjectNode metadata =
        Json.object(
            "name",
            Json.text(owner, "metadata", "name") + "-" + hash,
            "namespace",
            Json.text(owner, "metadata", "namespace"),
            "labels",
            labels,
            "ownerReferences",
            Json.array(Pods.reference(owner)));
    if (Json.has(owner, "metadata", "annotations")) {
      metadata.set("annotations", Json.at(owner, "metadata", "annotations").deepCopy());
    }
    return Json.object("metadata", metadata, "data", data, "revision", number);
  }

  private void dropOldest(ObjectNode owner) {
    int limit = Json.integer(owner, 10, "spec", "revisionHistoryLimit") + 1;
    List<ObjectNode> all =
        of(owner).stream().sorted(Comparator.comparingInt(Revisions::number)).toList();
    for (int i = 0; i < all.size() - limit; i++) {
      store.delete(ObjectKey.of(CONTROLLER_REVISIONS, all.get(i)));
    }
  }

  private List<ObjectNode> of(ObjectNode owner) {
    return store.ownedBy(Json.text(owner, "metadata", "uid"), CONTROLLER_REVISIONS);
  }

  private static int number(ObjectNode revision) {
    return Json.integer(revision, 0, "revision");
  }

  /** What the pods of a revision carry as {@code controller-revision-hash}. */
  static String hash(ObjectNode revision) {
    return Json.text(revision, "metadata", "labels", "controller-revision-hash");
  }
}
