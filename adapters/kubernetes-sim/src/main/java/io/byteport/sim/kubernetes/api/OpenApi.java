package io.byteport.sim.kubernetes.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.ResourceCatalogue;
import io.byteport.sim.kubernetes.store.ResourceType;
import java.util.Optional;

/**
 * As much of the OpenAPI documents as kubectl asks for before it sends a file: that the server
 * checks the fields itself. No schema is told.
 */
final class OpenApi {
  private static final String ROOT = "/openapi/v3";

  private final ResourceCatalogue catalogue;

  OpenApi(ResourceCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** The answer to a path of a document; empty if it is none. */
  Optional<ObjectNode> answer(String path) {
    if (path.equals(ROOT)) {
      ObjectNode paths = Json.object();
      for (ResourceType type : catalogue.types()) {
        paths.set(root(type), Json.object("serverRelativeURL", ROOT + "/" + root(type)));
      }
      return Optional.of(Json.object("paths", paths));
    }
    return path.startsWith(ROOT + "/")
        ? document(path.substring(ROOT.length() + 1))
        : Optional.empty();
  }

  private Optional<ObjectNode> document(String root) {
    ObjectNode paths = Json.object();
    for (ResourceType type : catalogue.types()) {
      if (root(type).equals(root)) {
        String place = type.namespaced() ? "/namespaces/{namespace}/" : "/";
        paths.set(
            "/" + root + place + type.plural() + "/{name}", Json.object("patch", patch(type)));
      }
    }
    return paths.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Json.object(
                "openapi",
                "3.0.0",
                "info",
                Json.object("title", "Kubernetes", "version", "simulated"),
                "paths",
                paths));
  }

  private static ObjectNode patch(ResourceType type) {
    return Json.object(
        "parameters",
        Json.array(
            Json.object(
                "name", "fieldValidation", "in", "query", "schema", Json.object("type", "string"))),
        "responses",
        Json.object("200", Json.object("description", "OK")),
        "x-kubernetes-group-version-kind",
        Json.object("group", type.group(), "version", type.version(), "kind", type.kind()));
  }

  /** {@code api/v1}, {@code apis/apps/v1}. */
  private static String root(ResourceType type) {
    return type.group().isEmpty() ? "api/v1" : "apis/" + type.apiVersion();
  }
}
