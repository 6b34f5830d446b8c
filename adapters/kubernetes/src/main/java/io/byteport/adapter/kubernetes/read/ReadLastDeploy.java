package io.byteport.adapter.kubernetes.read;

import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.mapping.RolloutMapper;
import io.byteport.adapter.kubernetes.mapping.WorkloadState;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.Deploy;
import io.byteport.adapter.kubernetes.model.Revision;
import io.byteport.adapter.kubernetes.model.WorkloadRef;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code kubectl.lastDeploy}: the current rollout of a workload as a deploy. */
public record ReadLastDeploy(Clusters clusters)
    implements Action.Read<ReadLastDeploy.Input, Deploy> {

  /** What {@code kubectl.lastDeploy} takes. */
  public record Input(WorkloadRef workload, @Nullable Cluster cluster) {}

  @Override
  public String name() {
    return "kubectl.lastDeploy";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<Deploy> outputType() {
    return Deploy.class;
  }

  @Override
  public List<String> command(Input input) {
    WorkloadRef ref = input.workload();
    return Kubectl.on(clusters, ref.cluster(), input.cluster())
        .add("rollout", "history", ref.kind().word().toLowerCase(Locale.ROOT) + "/" + ref.name())
        .in(ref.namespace())
        .words();
  }

  @Override
  public @Nullable Deploy read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    WorkloadRef ref = input.workload();
    if (!RolloutMapper.keepsHistory(ref.kind())) {
      return null;
    }
    Clusters.Chosen cluster = clusters.choose(ref.cluster(), input.cluster());
    WorkloadReader reader = new WorkloadReader(cluster.api(), deadline);
    WorkloadState workload = reader.workload(ref.kind(), ref.namespace(), ref.name());
    return RolloutMapper.map(workload, reader.revisions(workload))
        .map(rollout -> deploy(rollout.current()))
        .orElse(null);
  }

  private static Deploy deploy(Revision current) {
    return new Deploy(
        current.commit(),
        current.startedAt(),
        null,
        current.commitUrl() == null ? current.ciUrl() : current.commitUrl(),
        String.valueOf(current.number()));
  }
}
