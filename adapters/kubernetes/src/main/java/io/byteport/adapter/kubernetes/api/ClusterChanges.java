package io.byteport.adapter.kubernetes.api;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that can be changed in a cluster: objects are patched, pods deleted or evicted, a Secret's
 * contents put back. Nothing else is created, replaced or deleted. Every request is sent once; safe
 * for several threads.
 */
public final class ClusterChanges {
  private static final String MANAGER = "byteport";

  private final ClusterApi api;
  private final Reach reach;

  ClusterChanges(ClusterApi api, Reach reach) {
    this.api = api;
    this.reach = reach;
  }

  /**
   * Changes one object, once.
   *
   * @param part a subresource; null for the object itself
   * @param rehearse only tries it on the server, which checks everything and keeps nothing
   * @return the object as the server has it now, or would have it
   */
  public <T> T patch(
      Resource resource,
      @Nullable String namespace,
      String name,
      @Nullable String part,
      Patch patch,
      boolean rehearse,
      Class<T> type,
      Deadline deadline)
      throws ActionException, InterruptedException {
    reach.check(resource, namespace, name);
    Map<String, String> query = new LinkedHashMap<>();
    query.put("fieldManager", MANAGER);
    if (rehearse) {
      query.put("dryRun", "All");
    }
    Request request =
        new Request(
            "patch",
            "PATCH",
            resource.qualified()
                + (part == null ? "" : "/" + part)
                + " "
                + ClusterApi.place(namespace, name),
            resource.path(namespace, name, part),
            query,
            Request.JSON,
            patch.type().mediaType(),
            api.json(patch.content()),
            rehearse);
    return api.parse(api.send(request, deadline), type, request);
  }

  /**
   * Deletes a pod, with its own grace period, if it still is the one with that uid.
   *
   * @param version what it was looked at as; null for whatever has become of it
   */
  public void deletePod(
      String namespace,
      String name,
      String uid,
      @Nullable String version,
      boolean rehearse,
      Deadline deadline)
      throws ActionException, InterruptedException {
    reach.check(Resource.PODS, namespace, name);
    Map<String, Object> options = deletion(uid, rehearse);
    if (version != null) {
      options.put("preconditions", Map.of("uid", uid, "resourceVersion", version));
    }
    write("delete", "DELETE", Resource.PODS, namespace, name, null, options, rehearse, deadline);
  }

  /**
   * Deletes a Secret if it still is the one with that uid. Beside this one and that of pods there
   * is no deletion.
   */
  public void deleteSecret(
      String namespace, String name, String uid, boolean rehearse, Deadline deadline)
      throws ActionException, InterruptedException {
    reach.check(Resource.SECRETS, namespace, name);
    Map<String, Object> options = deletion(uid, rehearse);
    write("delete", "DELETE", Resource.SECRETS, namespace, name, null, options, rehearse, deadline);
  }

  private static Map<String, Object> deletion(String uid, boolean rehearse) {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("kind", "DeleteOptions");
    options.put("apiVersion", "v1");
    options.put("preconditions", Map.of("uid", uid));
    if (rehearse) {
      options.put("dryRun", List.of("All"));
    }
    return options;
  }

  /**
   * Evicts a pod, if it still is the one with that uid and no disruption budget forbids it. There
   * is nothing else that is created.
   *
   * @param grace null for the pod's own
   */
  public void evict(
      String namespace,
      String name,
      String uid,
      @Nullable Duration grace,
      boolean rehearse,
      Deadline deadline)
      throws ActionException, InterruptedException {
    reach.check(Resource.PODS, namespace, name);
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("preconditions", Map.of("uid", uid));
    if (grace != null) {
      options.put("gracePeriodSeconds", grace.toSeconds());
    }
    if (rehearse) {
      options.put("dryRun", List.of("All"));
    }
    Map<String, Object> eviction = new LinkedHashMap<>();
    eviction.put("kind", "Eviction");
    eviction.put("apiVersion", "policy/v1");
    eviction.put("metadata", Map.of("name", name, "namespace", namespace));
    eviction.put("deleteOptions", options);
    write(
        "create", "POST", Resource.PODS, namespace, name, "eviction", eviction, rehearse, deadline);
  }

  /**
   * Puts contents into a Secret that is there, as its resource version was when it was read.
   *
   * @param secret the whole object
   */
  public void replaceSecret(
      String namespace, String name, Object secret, boolean rehearse, Deadline deadline)
      throws ActionException, InterruptedException {
    reach.check(Resource.SECRETS, namespace, name);
    write("update", "PUT", Resource.SECRETS, namespace, name, null, secret, rehearse, deadline);
  }

  private void write(
      String verb,
      String method,
      Resource resource,
      String namespace,
      String name,
      @Nullable String part,
      Object body,
      boolean rehearse,
      Deadline deadline)
      throws ActionException, InterruptedException {
    Map<String, String> query = new LinkedHashMap<>();
    if (!method.equals("DELETE")) {
      query.put("fieldManager", MANAGER);
    }
    if (rehearse) {
      query.put("dryRun", "All");
    }
    Request request =
        new Request(
            verb,
            method,
            resource.qualified()
                + (part == null ? "" : "/" + part)
                + " "
                + ClusterApi.place(namespace, name),
            resource.path(namespace, name, part),
            query,
            Request.JSON,
            Request.JSON,
            api.json(body),
            rehearse);
    if (api.send(request, deadline).length == 0) {
      throw new ActionException(
          FailureKind.UNREACHABLE,
          request.mayChange() ? Effect.UNKNOWN : Effect.NONE,
          "the answer is empty (" + request + ")",
          null);
    }
  }
}
