package io.byteport.adapter.kubernetes.read;

import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.mapping.WorkloadMapper;
import io.byteport.adapter.kubernetes.mapping.WorkloadState;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.PodRef;
import io.byteport.adapter.kubernetes.model.Workload;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code kubectl.owner}: the workload that owns a pod, all the way up. */
public record ReadOwner(Clusters clusters) implements Action.Read<ReadOwner.Input, Workload> {

  /** What {@code kubectl.owner} takes. */
  public record Input(PodRef pod, @Nullable String container, @Nullable Cluster cluster) {}

  @Override
  public String name() {
    return "kubectl.owner";
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
    return Kubectl.on(clusters, input.pod().cluster(), input.cluster())
        .add("get")
        .object("pod", input.pod().name())
        .in(input.pod().namespace())
        .add("-o", "jsonpath={.metadata.ownerReferences}")
        .words();
  }

  @Override
  public Workload read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    Clusters.Chosen cluster = clusters.choose(input.pod().cluster(), input.cluster());
    WorkloadReader reader = new WorkloadReader(cluster.api(), deadline);
    WorkloadState owner = reader.owner(input.pod().namespace(), input.pod().name());
    return WorkloadMapper.map(owner, reader.revisions(owner), input.container(), cluster.as())
        .orElseThrow(() -> ReadPod.noContainer(owner.toString(), input.container()));
  }
}
