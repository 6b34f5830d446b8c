package io.byteport.sim.kubernetes.api;

import io.byteport.sim.kubernetes.store.ObjectKey;
import io.byteport.sim.kubernetes.store.ResourceCatalogue;
import io.byteport.sim.kubernetes.store.ResourceType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A path that names a kind of object, perhaps one object, perhaps a part of it.
 *
 * @param namespace empty for all, or for objects of the cluster
 * @param name empty for a list
 * @param subresource empty for the object itself
 */
record ApiPath(ResourceType type, String namespace, String name, String subresource) {

  /** The meaning of a path below {@code /api} or {@code /apis}; empty if it has none. */
  static Optional<ApiPath> of(String path, ResourceCatalogue catalogue) {
    List<String> parts = Arrays.stream(path.split("/")).filter(p -> !p.isEmpty()).toList();
    if (parts.size() >= 3 && parts.get(0).equals("api")) {
      return of(catalogue, "", parts.get(1), parts.subList(2, parts.size()));
    }
    if (parts.size() >= 4 && parts.get(0).equals("apis")) {
      return of(catalogue, parts.get(1), parts.get(2), parts.subList(3, parts.size()));
    }
    return Optional.empty();
  }

  private static Optional<ApiPath> of(
      ResourceCatalogue catalogue, String group, String version, List<String> rest) {
    boolean inNamespace =
        rest.get(0).equals("namespaces")
            && rest.size() >= 3
            && catalogue.byPlural(group, version, rest.get(2)).isPresent();
    String namespace = inNamespace ? rest.get(1) : "";
    List<String> tail = inNamespace ? rest.subList(2, rest.size()) : rest;
    if (tail.size() > 3) {
      return Optional.empty();
    }
    return catalogue
        .byPlural(group, version, tail.get(0))
        .filter(t -> t.namespaced() || !inNamespace)
        .map(
            t ->
                new ApiPath(
                    t,
                    namespace,
                    tail.size() > 1 ? tail.get(1) : "",
                    tail.size() > 2 ? tail.get(2) : ""));
  }

  ObjectKey key() {
    return new ObjectKey(type, namespace, name);
  }
}
