package io.byteport.adapter.kubernetes.change;

import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.mapping.WorkloadState;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.WorkloadRef;
import io.byteport.adapter.kubernetes.read.WorkloadReader;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When the effect of a change to a template is complete. */
final class Rollouts {
  /** The progress deadline of a Deployment that sets none. */
  static final Duration DEADLINE = Duration.ofSeconds(600);

  private Rollouts() {}

  /** Whether the rollout is complete, or its progress deadline has passed. */
  static boolean isSettled(
      Clusters clusters, WorkloadRef ref, @Nullable Cluster cluster, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    WorkloadState workload =
        new WorkloadReader(clusters.choose(ref.cluster(), cluster).api(), deadline)
            .workload(ref.kind(), ref.namespace(), ref.name());
    return workload.object() instanceof Pod pod
        ? !isResizing(pod)
        : workload.isComplete() || workload.hasPassedDeadline();
  }

  private static boolean isResizing(Pod pod) {
    return pod.getStatus() != null
        && pod.getStatus().getConditions().stream()
            .map(PodCondition::getType)
            .anyMatch(type -> type.startsWith("PodResize"));
  }
}
