package io.byteport.adapter.kubernetes.change;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Patch;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.mapping.PodMapper;
import io.byteport.adapter.kubernetes.mapping.WorkloadState;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * New resources for a container of a running pod that nothing would make anew, where the cluster
 * can do that in place. The first limit is written down on the pod before, in a request of its own:
 * a resize takes no annotations.
 */
record PodResize(
    WorkloadState pod,
    String container,
    Map<String, Object> resources,
    Map<String, String> annotations) {

  void send(ClusterApi api, boolean rehearse, Deadline deadline)
      throws ActionException, InterruptedException {
    if (PodMapper.controller(pod.object()).isPresent()) {
      throw ActionException.refused(
          FailureKind.INVALID, pod + " has an owner, which is what must be changed");
    }
    if (!annotations.isEmpty()) {
      patch(
          api,
          null,
          Map.of("metadata", Map.of("uid", pod.uid(), "annotations", annotations)),
          rehearse,
          deadline);
    }
    try {
      patch(
          api,
          "resize",
          Map.of(
              "metadata",
              Map.of("uid", pod.uid()),
              "spec",
              Map.of("containers", List.of(Map.of("name", container, "resources", resources)))),
          rehearse,
          deadline);
    } catch (ActionException e) {
      if (e.kind() == FailureKind.NOT_FOUND) {
        throw ActionException.refused(
            FailureKind.REFUSED,
            pod + " has no owner, and this cluster cannot resize a pod in place: " + e.reason());
      }
      throw e;
    }
  }

  private void patch(
      ClusterApi api,
      @Nullable String part,
      Map<String, Object> content,
      boolean rehearse,
      Deadline deadline)
      throws ActionException, InterruptedException {
    api.changes()
        .patch(
            Resource.PODS,
            pod.metadata().getNamespace(),
            pod.metadata().getName(),
            part,
            Patch.strategic(content),
            rehearse,
            GenericKubernetesResource.class,
            deadline);
  }
}
