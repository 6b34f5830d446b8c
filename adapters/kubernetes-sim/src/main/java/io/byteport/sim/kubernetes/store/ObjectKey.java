package io.byteport.sim.kubernetes.store;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Names one object of the cluster.
 *
 * @param namespace empty for an object of the cluster itself
 */
public record ObjectKey(ResourceType type, String namespace, String name) {
  /** The key of an object of this type, read from its metadata. */
  public static ObjectKey of(ResourceType type, JsonNode object) {
    return new ObjectKey(
        type,
        type.namespaced() ? Json.text(object, "metadata", "namespace") : "",
        Json.text(object, "metadata", "name"));
  }

  /** Where the object stands among its kind; lists are ordered by it. */
  public Place place() {
    return new Place(namespace, name);
  }

  /** The order of a list: by namespace, then by name. */
  public record Place(String namespace, String name) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byNamespace = namespace.compareTo(other.namespace);
      return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
    }
  }
}
