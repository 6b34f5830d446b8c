package io.byteport.adapter.kubernetes.change;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.mapping.WorkloadState;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.WorkloadKind;
import io.byteport.adapter.kubernetes.model.WorkloadRef;
import io.byteport.adapter.kubernetes.read.WorkloadReader;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether rollouts of a Deployment stand still: what pausing and resuming have in common.
 *
 * @param paused what is wanted
 */
record RolloutHold(Clusters clusters, boolean paused) {

  StructValue prepare(WorkloadRef ref, @Nullable Cluster cluster, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(ref.cluster(), cluster).api();
    WorkloadState workload = workload(api, ref, deadline);
    if (workload.kind() != WorkloadKind.DEPLOYMENT) {
      throw ActionException.refused(
          FailureKind.INVALID, workload + " cannot be paused or resumed; only a Deployment can");
    }
    if (workload.paused() != paused) {
      patch(workload).send(api, true, deadline);
    }
    return Identity.of(workload.uid());
  }

  Action.Changed<Action.Nothing> change(
      WorkloadRef ref, @Nullable Cluster cluster, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(ref.cluster(), cluster).api();
    WorkloadState workload = workload(api, ref, deadline);
    Identity.check(memo, workload.uid(), workload);
    boolean different = workload.paused() != paused;
    if (different) {
      patch(workload).send(api, false, deadline);
    }
    return new Action.Changed<>(new Action.Nothing(), different);
  }

  Action.Probe probe(
      WorkloadRef ref, @Nullable Cluster cluster, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    WorkloadState workload = workload(clusters.choose(ref.cluster(), cluster).api(), ref, deadline);
    if (!Identity.isSame(memo, workload.uid())) {
      return Action.Probe.UNKNOWN;
    }
    return workload.paused() == paused ? Action.Probe.TOOK_EFFECT : Action.Probe.NOT_DONE;
  }

  private WorkloadPatch patch(WorkloadState workload) {
    return new WorkloadPatch(workload, Map.of("paused", paused), Map.of());
  }

  private static WorkloadState workload(ClusterApi api, WorkloadRef ref, Deadline deadline)
      throws ActionException, InterruptedException {
    return new WorkloadReader(api, deadline).workload(ref.kind(), ref.namespace(), ref.name());
  }
}
