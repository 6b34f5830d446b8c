package io.byteport.adapter.kubernetes.read;

import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.mapping.RolloutMapper;
import io.byteport.adapter.kubernetes.mapping.WorkloadState;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.Rollout;
import io.byteport.adapter.kubernetes.model.WorkloadRef;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code kubectl.rolloutHistory}: the revisions of a workload. */
public record ReadRolloutHistory(Clusters clusters)
    implements Action.Read<ReadRolloutHistory.Input, Rollout> {

  /** What {@code kubectl.rolloutHistory} takes. */
  public record Input(WorkloadRef workload, @Nullable Cluster cluster) {}

  @Override
  public String name() {
    return "kubectl.rolloutHistory";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<Rollout> outputType() {
    return Rollout.class;
  }

  @Override
  public List<String> command(Input input) {
    return Kubectl.on(clusters, input.workload().cluster(), input.cluster())
        .add(
            "rollout",
            "history",
            input.workload().kind().word().toLowerCase(Locale.ROOT) + "/" + input.workload().name())
        .in(input.workload().namespace())
        .words();
  }

  @Override
  public Rollout read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    WorkloadRef ref = input.workload();
    Clusters.Chosen cluster = clusters.choose(ref.cluster(), input.cluster());
    WorkloadReader reader = new WorkloadReader(cluster.api(), deadline);
    WorkloadState workload = reader.workload(ref.kind(), ref.namespace(), ref.name());
    return RolloutMapper.map(workload, reader.revisions(workload))
        .orElseThrow(
            () ->
                ActionException.refused(
                    FailureKind.REFUSED,
                    "the newest template of " + workload + " has no revision yet"));
  }
}
