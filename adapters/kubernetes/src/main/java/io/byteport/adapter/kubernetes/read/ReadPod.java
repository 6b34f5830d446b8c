package io.byteport.adapter.kubernetes.read;

import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.api.Names;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.mapping.PodMapper;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.Pod;
import io.byteport.adapter.kubernetes.model.PodRef;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code kubectl.pod}: one pod as it is. */
public record ReadPod(Clusters clusters) implements Action.Read<ReadPod.Input, Pod> {

  /** What {@code kubectl.pod} takes. */
  public record Input(PodRef pod, @Nullable String container, @Nullable Cluster cluster) {}

  @Override
  public String name() {
    return "kubectl.pod";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<Pod> outputType() {
    return Pod.class;
  }

  @Override
  public List<String> command(Input input) {
    return Kubectl.on(clusters, input.pod().cluster(), input.cluster())
        .add("get")
        .object("pod", input.pod().name())
        .in(input.pod().namespace())
        .json();
  }

  @Override
  public Pod read(Input input, ActionContext context) throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    Clusters.Chosen cluster = clusters.choose(input.pod().cluster(), input.cluster());
    PodRef ref = input.pod();
    io.fabric8.kubernetes.api.model.Pod pod =
        cluster
            .api()
            .get(
                Resource.PODS,
                ref.namespace(),
                ref.name(),
                io.fabric8.kubernetes.api.model.Pod.class,
                deadline);
    return PodMapper.map(
            pod,
            input.container(),
            Metrics.of(cluster.api(), ref.namespace(), ref.name(), deadline),
            cluster.as())
        .orElseThrow(() -> noContainer(ref.namespace() + "/" + ref.name(), input.container()));
  }

  static ActionException noContainer(String object, @Nullable String container) {
    return ActionException.refused(
        FailureKind.NOT_FOUND,
        container == null
            ? object + " has no container"
            : object + " has no container `" + Names.shown(container) + "`");
  }
}
