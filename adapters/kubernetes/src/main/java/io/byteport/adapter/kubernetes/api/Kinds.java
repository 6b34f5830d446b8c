package io.byteport.adapter.kubernetes.api;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.APIGroupList;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds out where the objects of a kind are: what everybody has is known, for the rest the cluster
 * is asked once. Safe for several threads.
 */
final class Kinds {
  private final ClusterApi api;
  private final Map<String, Resource> found = new ConcurrentHashMap<>();

  Kinds(ClusterApi api) {
    this.api = api;
  }

  Resource resolve(String kind, Deadline deadline) throws ActionException, InterruptedException {
    Optional<Resource> known = Resource.ofKind(kind).or(() -> Optional.ofNullable(found.get(kind)));
    if (known.isPresent()) {
      return known.get();
    }
    Resource resource = discover(kind, deadline);
    found.put(kind, resource);
    return resource;
  }

  private Resource discover(String kind, Deadline deadline)
      throws ActionException, InterruptedException {
    Optional<Resource> core = in(kind, "", "v1", "/api/v1", deadline);
    if (core.isPresent()) {
      return core.get();
    }
    for (APIGroup group : api.ask("/apis", APIGroupList.class, deadline).getGroups()) {
      String version = group.getPreferredVersion().getVersion();
      String path = "/apis/" + group.getName() + "/" + version;
      Optional<Resource> resource = in(kind, group.getName(), version, path, deadline);
      if (resource.isPresent()) {
        return resource.get();
      }
    }
    throw ActionException.refused(
        FailureKind.NOT_FOUND, "the cluster knows no kind `" + kind + "`");
  }

  private Optional<Resource> in(
      String kind, String group, String version, String path, Deadline deadline)
      throws ActionException, InterruptedException {
    for (APIResource resource : api.ask(path, APIResourceList.class, deadline).getResources()) {
      if (resource.getKind().equals(kind) && !resource.getName().contains("/")) {
        return Optional.of(
            new Resource(group, version, kind, resource.getName(), resource.getNamespaced()));
      }
    }
    return Optional.empty();
  }
}
