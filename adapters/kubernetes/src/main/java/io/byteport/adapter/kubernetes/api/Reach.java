package io.byteport.adapter.kubernetes.api;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What of a cluster the inventory grants.
 *
 * @param namespaces those that may be read and changed; empty for all
 */
record Reach(Set<String> namespaces) {
  private static final String EVERYWHERE = "";

  Reach {
    namespaces = new TreeSet<>(namespaces);
  }

  /**
   * Refuses what is no name, and what lies in a namespace that is not granted.
   *
   * @param name null where it is about all objects
   */
  void check(Resource resource, @Nullable String namespace, @Nullable String name)
      throws ActionException {
    if (namespace != null) {
      Names.checkNamespace(namespace);
    }
    if (name != null) {
      Names.checkName(name);
    }
    if (resource.namespaced() && namespace == null) {
      throw ActionException.refused(
          FailureKind.INVALID, "a " + resource.kind() + " lives in a namespace; say in which");
    }
    @Nullable String place =
        resource.equals(Resource.NAMESPACES) ? name : resource.namespaced() ? namespace : null;
    if (place != null && !namespaces.isEmpty() && !namespaces.contains(place)) {
      throw ActionException.refused(
          FailureKind.FORBIDDEN,
          "the namespace `" + place + "` is not granted to this agent; it has " + namespaces);
    }
  }

  /** The namespaces to ask one by one; one empty text where all may be asked at once. */
  List<String> places(Resource resource, @Nullable String namespace) throws ActionException {
    if (namespace != null) {
      check(resource, namespace, null);
      return List.of(namespace);
    }
    return namespaces.isEmpty() || !resource.namespaced()
        ? List.of(EVERYWHERE)
        : List.copyOf(namespaces);
  }
}
