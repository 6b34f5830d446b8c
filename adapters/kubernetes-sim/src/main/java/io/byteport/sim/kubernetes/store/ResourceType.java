package io.byteport.sim.kubernetes.store;

import java.util.List;

/**
 * A kind of object that the API server knows, with the names it goes by.
 *
 * @param group the API group, empty for the core group
 * @param plural the name in a path, for example {@code deployments}
 */
public record ResourceType(
    String group,
    String version,
    String kind,
    String plural,
    boolean namespaced,
    List<String> shortNames,
    List<String> subresources) {
  public ResourceType {
    shortNames = List.copyOf(shortNames);
    subresources = List.copyOf(subresources);
  }

  /** {@code v1} or {@code apps/v1}. */
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** {@code pods} or {@code deployments.apps}, as error messages name it. */
  public String qualifiedPlural() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  /** {@code Pod} or {@code Deployment.apps}, as error messages name it. */
  public String qualifiedKind() {
    return group.isEmpty() ? kind : kind + "." + group;
  }
}
