package io.byteport.sim.kubernetes.api;

import static io.byteport.sim.kubernetes.store.ResourceCatalogue.NAMESPACES;
import static io.byteport.sim.kubernetes.store.ResourceCatalogue.PODS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.control.Defaults;
import io.byteport.sim.kubernetes.control.Simulation;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.ObjectKey;
import io.byteport.sim.kubernetes.store.ObjectStore;
import io.byteport.sim.kubernetes.store.ResourceType;
import java.util.List;
import java.util.Optional;

/**
 * Creating, replacing, patching and deleting objects; a dry run answers the same and stores
 * nothing. The caller holds the simulation's lock.
 */
final class Writes {
  private final Simulation simulation;
  private final ObjectStore store;
  private int generated;

  Writes(Simulation simulation) {
    this.simulation = simulation;
    this.store = simulation.store();
  }

  ApiResponse create(ApiPath path, ApiRequest request) {
    ResourceType type = path.type();
    ObjectNode object = request.object();
    object.put("apiVersion", type.apiVersion()).put("kind", type.kind());
    ObjectNode metadata = Json.child(object, "metadata");
    metadata.remove(List.of("uid", "resourceVersion", "generation"));
    if (type.namespaced()) {
      String given = Json.text(metadata, "namespace");
      if (!given.isEmpty() && !given.equals(path.namespace())) {
        throw ApiException.badRequest(
            "the namespace of the provided object does not match the namespace sent on the"
                + " request");
      }
      metadata.put("namespace", path.namespace());
      if (store.get(NAMESPACES, "", path.namespace()).isEmpty()) {
        throw ApiException.notFound(NAMESPACES, path.namespace());
      }
    }
    if (!Json.has(metadata, "name") && Json.has(metadata, "generateName")) {
      metadata.put(
          "name", Json.text(metadata, "generateName") + String.format("%05x", ++generated));
    }
    Defaults.apply(object);
    if (type.subresources().contains("status")) {
      object.remove("status");
    }
    if (type.equals(PODS)) {
      object.set("status", Json.object("phase", "Pending"));
    }
    Validation.check(type, Optional.empty(), object);
    ObjectKey key = ObjectKey.of(type, object);
    if (store.get(key).isPresent()) {
      throw ApiException.exists(type, key.name());
    }
    ObjectNode stored = request.isDryRun() ? store.admit(type, object) : store.create(type, object);
    return ApiResponse.json(201, stored);
  }

  ApiResponse replace(ApiPath path, ApiRequest request) {
    return write(path, existing(path), request.object(), request.isDryRun());
  }

  ApiResponse patch(ApiPath path, ApiRequest request) {
    ObjectNode before = existing(path);
    if (path.subresource().equals("scale")) {
      ObjectNode patched = patched(path.type(), scale(before), request);
      return write(path, before, patched, request.isDryRun());
    }
    return write(path, before, patched(path.type(), before, request), request.isDryRun());
  }

  private ObjectNode patched(ResourceType type, ObjectNode before, ApiRequest request) {
    String contentType = request.contentType().replaceAll(";.*", "").trim();
    return switch (contentType) {
      case "application/json-patch+json" -> JsonPatch.apply(before, request.json());
      case "application/merge-patch+json" -> JsonPatch.merge(before, request.object());
      case "application/strategic-merge-patch+json" -> {
        if (isCustom(type)) {
          throw unsupported();
        }
        yield StrategicMerge.apply(before, request.object());
      }
      default -> throw unsupported();
    };
  }

  private static boolean isCustom(ResourceType type) {
    return type.group().contains(".") && !type.group().endsWith(".k8s.io");
  }

  private static ApiException unsupported() {
    return new ApiException(
        415,
        "UnsupportedMediaType",
        "the body of the request was in an unknown format - accepted media types include:"
            + " application/json-patch+json, application/merge-patch+json,"
            + " application/strategic-merge-patch+json");
  }

  private ApiResponse write(ApiPath path, ObjectNode before, ObjectNode wanted, boolean dryRun) {
    ResourceType type = path.type();
    checkIdentity(type, path.name(), before, wanted);
    ObjectNode after = merged(path, before, wanted);
    ObjectNode stored =
        dryRun
            ? store.revised(before, after)
            : store.update(path.key(), o -> o.setAll(reset(o, after))).orElseThrow();
    return ApiResponse.json(200, path.subresource().equals("scale") ? scale(stored) : stored);
  }

  private static ObjectNode reset(ObjectNode target, ObjectNode after) {
    target.removeAll();
    return after;
  }

  /** What is stored if {@code wanted} is written to the object or to this part of it. */
  private static ObjectNode merged(ApiPath path, ObjectNode before, ObjectNode wanted) {
    ResourceType type = path.type();
    ObjectNode after = before.deepCopy();
    switch (path.subresource()) {
      case "status" -> after.set("status", wanted.path("status"));
      case "scale" ->
          Json.child(after, "spec").put("replicas", Json.integer(wanted, 0, "spec", "replicas"));
      case "resize" -> resize(after, wanted);
      default -> {
        after = wanted.deepCopy();
        after.put("apiVersion", type.apiVersion()).put("kind", type.kind());
        if (type.subresources().contains("status")) {
          after.remove("status");
          if (before.has("status")) {
            after.set("status", before.get("status"));
          }
        }
        keepDeletion(before, after);
        Defaults.apply(after);
        Validation.check(type, Optional.of(before), after);
      }
    }
    return after;
  }

  private static void resize(ObjectNode after, ObjectNode wanted) {
    for (ObjectNode container : Json.objects(after, "spec", "containers")) {
      JsonNode new_ =
          Json.named(Json.at(wanted, "spec", "containers"), Json.text(container, "name"));
      if (new_.has("resources")) {
        container.set("resources", new_.get("resources"));
      }
    }
    Validation.check(PODS, Optional.empty(), after);
  }

  private static void keepDeletion(ObjectNode before, ObjectNode after) {
    ObjectNode metadata = Json.child(after, "metadata");
    for (String kept : List.of("deletionTimestamp", "deletionGracePeriodSeconds", "namespace")) {
      metadata.remove(kept);
      if (before.path("metadata").has(kept)) {
        metadata.set(kept, before.path("metadata").get(kept));
      }
    }
  }

  private static void checkIdentity(
      ResourceType type, String name, ObjectNode before, ObjectNode wanted) {
    String version = Json.text(wanted, "metadata", "resourceVersion");
    if (!version.isEmpty() && !version.equals(Json.text(before, "metadata", "resourceVersion"))) {
      throw ApiException.conflict(
          type,
          name,
          "the object has been modified; please apply your changes to the latest version and try"
              + " again");
    }
    String uid = Json.text(wanted, "metadata", "uid");
    String presentUid = Json.text(before, "metadata", "uid");
    if (!uid.isEmpty() && !uid.equals(presentUid)) {
      throw ApiException.conflict(type, name, preconditionFailed(uid, presentUid));
    }
    String givenName = Json.text(wanted, "metadata", "name");
    if (!givenName.isEmpty() && !givenName.equals(name)) {
      throw ApiException.badRequest(
          "the name of the object (%s) does not match the name on the URL (%s)"
              .formatted(givenName, name));
    }
  }

  private static String preconditionFailed(String asked, String present) {
    return "Precondition failed: UID in precondition: %s, UID in object meta: %s"
        .formatted(asked, present);
  }

  ApiResponse delete(ApiPath path, ApiRequest request) {
    ObjectNode object = existing(path);
    ObjectNode options = request.body().length == 0 ? Json.object() : request.object();
    checkPreconditions(path, object, options.path("preconditions"));
    boolean dryRun = request.isDryRun();
    if (path.type().equals(PODS)) {
      int grace =
          request.number("gracePeriodSeconds", Json.integer(options, -1, "gracePeriodSeconds"));
      if (!dryRun) {
        simulation.terminate(object, grace);
      }
      return ApiResponse.json(200, store.get(path.key()).orElse(object));
    }
    if (!dryRun) {
      String policy = request.parameter("propagationPolicy");
      if (policy.equals("Orphan") || Json.text(options, "propagationPolicy").equals("Orphan")) {
        orphan(Json.text(object, "metadata", "uid"));
      }
      store.delete(path.key());
    }
    return ApiResponse.json(200, success(path, object));
  }

  /** Deletes everything that a list would show. */
  ApiResponse deleteAll(ApiPath path, ApiRequest request) {
    ObjectNode list = Lists.list(store, path, request);
    for (ObjectNode item : Json.objects(list, "items")) {
      ObjectKey key = ObjectKey.of(path.type(), item);
      delete(new ApiPath(path.type(), key.namespace(), key.name(), ""), request);
    }
    return ApiResponse.json(200, list);
  }

  /** Refuses what is not, or no longer, the object that the caller means. */
  static void checkPreconditions(ApiPath path, ObjectNode object, JsonNode preconditions) {
    String uid = Json.text(preconditions, "uid");
    String present = Json.text(object, "metadata", "uid");
    if (!uid.isEmpty() && !uid.equals(present)) {
      throw ApiException.conflict(path.type(), path.name(), preconditionFailed(uid, present));
    }
    String version = Json.text(preconditions, "resourceVersion");
    String presentVersion = Json.text(object, "metadata", "resourceVersion");
    if (!version.isEmpty() && !version.equals(presentVersion)) {
      throw ApiException.conflict(
          path.type(),
          path.name(),
          "Precondition failed: ResourceVersion in precondition: %s, ResourceVersion in object meta: %s"
              .formatted(version, presentVersion));
    }
  }

  private void orphan(String uid) {
    for (ResourceType type : store.catalogue().types()) {
      for (ObjectNode dependent : store.ownedBy(uid, type)) {
        store.update(
            ObjectKey.of(type, dependent),
            d -> {
              ArrayNode kept = Json.array();
              for (ObjectNode owner : Json.objects(d, "metadata", "ownerReferences")) {
                if (!uid.equals(Json.text(owner, "uid"))) {
                  kept.add(owner);
                }
              }
              Json.child(d, "metadata").set("ownerReferences", kept);
            });
      }
    }
  }

  private static ObjectNode success(ApiPath path, ObjectNode object) {
    return Json.object(
        "kind",
        "Status",
        "apiVersion",
        "v1",
        "metadata",
        Json.object(),
        "status",
        "Success",
        "details",
        Json.object(
            "name",
            path.name(),
            "kind",
            path.type().plural(),
            "uid",
            Json.text(object, "metadata", "uid")));
  }

  ObjectNode existing(ApiPath path) {
    return store.get(path.key()).orElseThrow(() -> ApiException.notFound(path.type(), path.name()));
  }

  /** The {@code scale} part of a workload. */
  static ObjectNode scale(ObjectNode workload) {
    ObjectNode metadata = Json.object();
    for (String copied :
        List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
      metadata.set(copied, Json.at(workload, "metadata", copied));
    }
    StringBuilder selector = new StringBuilder();
    Json.map(workload, "spec", "selector", "matchLabels")
        .forEach((k, v) -> selector.append(selector.isEmpty() ? "" : ",").append(k + "=" + v));
    return Json.object(
        "kind",
        "Scale",
        "apiVersion",
        "autoscaling/v1",
        "metadata",
        metadata,
        "spec",
        Json.object("replicas", Json.integer(workload, 0, "spec", "replicas")),
        "status",
        Json.object(
            "replicas",
            Json.integer(workload, 0, "status", "replicas"),
            "selector",
            selector.toString()));
  }
}
