package io.byteport.adapter.kubernetes.read;

import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.mapping.WorkloadMapper;
import io.byteport.adapter.kubernetes.mapping.WorkloadState;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.Workload;
import io.byteport.adapter.kubernetes.model.WorkloadRef;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code kubectl.workload}: one workload as it is. */
public record ReadWorkload(Clusters clusters) implements Action.Read<ReadWorkload.Input, Workload> {

  /** What {@code kubectl.workload} takes. */
  public record Input(
      WorkloadRef workload, @Nullable String container, @Nullable Cluster cluster) {}

  @Override
  public String name() {
    return "kubectl.workload";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<Workload> outputType() {
    return Workload.class;
  }

  @Override
  public List<String> command(Input input) {
    return Kubectl.on(clusters, input.workload().cluster(), input.cluster())
        .add("get")
        .object(input.workload().kind().word(), input.workload().name())
        .in(input.workload().namespace())
        .json();
  }

  @Override
  public Workload read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    WorkloadRef ref = input.workload();
    Clusters.Chosen cluster = clusters.choose(ref.cluster(), input.cluster());
    WorkloadReader reader = new WorkloadReader(cluster.api(), deadline);
    WorkloadState workload = reader.workload(ref.kind(), ref.namespace(), ref.name());
    return WorkloadMapper.map(workload, reader.revisions(workload), input.container(), cluster.as())
        .orElseThrow(() -> ReadPod.noContainer(workload.toString(), input.container()));
  }
}
