package io.byteport.adapter.kubernetes.model;

import org.jspecify.annotations.Nullable;

/**
 * Names any object.
 *
 * @param kind as the API writes it; null means a pod where there is a namespace, else a node
 * @param namespace null for what lives in none
 */
public record ObjectRef(
    @Nullable Cluster cluster, @Nullable String kind, @Nullable String namespace, String name) {

  /** The kind, also where it goes without saying. */
  public String kindOrImplied() {
    if (kind != null) {
      return kind;
    }
    return namespace == null ? "Node" : "Pod";
  }
}
