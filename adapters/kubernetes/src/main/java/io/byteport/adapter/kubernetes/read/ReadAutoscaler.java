package io.byteport.adapter.kubernetes.read;

import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.api.Names;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.api.Selection;
import io.byteport.adapter.kubernetes.model.Autoscaler;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.WorkloadRef;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code kubectl.autoscaler}: the HorizontalPodAutoscaler of a workload. */
public record ReadAutoscaler(Clusters clusters)
    implements Action.Read<ReadAutoscaler.Input, Autoscaler> {

  /** What {@code kubectl.autoscaler} takes. */
  public record Input(WorkloadRef workload, @Nullable Cluster cluster) {}

  @Override
  public String name() {
    return "kubectl.autoscaler";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<Autoscaler> outputType() {
    return Autoscaler.class;
  }

  @Override
  public List<String> command(Input input) {
    return Kubectl.on(clusters, input.workload().cluster(), input.cluster())
        .add("get", "hpa")
        .in(input.workload().namespace())
        .json();
  }

  @Override
  public @Nullable Autoscaler read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    WorkloadRef ref = input.workload();
    Names.checkName(ref.name());
    Clusters.Chosen cluster = clusters.choose(ref.cluster(), input.cluster());
    List<Autoscaler> found = new ArrayList<>();
    cluster
        .api()
        .<HorizontalPodAutoscaler, HorizontalPodAutoscalerList>each(
            Resource.AUTOSCALERS,
            ref.namespace(),
            Selection.ALL,
            HorizontalPodAutoscalerList.class,
            deadline,
            one -> {
              if (scales(one, ref)) {
                found.add(map(one, cluster.as()));
              }
            });
    return found.stream().min(Comparator.comparing(Autoscaler::name)).orElse(null);
  }

  private static boolean scales(HorizontalPodAutoscaler one, WorkloadRef ref) {
    var target = one.getSpec() == null ? null : one.getSpec().getScaleTargetRef();
    return target != null
        && ref.kind().word().equals(target.getKind())
        && ref.name().equals(target.getName());
  }

  private static Autoscaler map(HorizontalPodAutoscaler one, @Nullable Cluster cluster) {
    Integer minimum = one.getSpec().getMinReplicas();
    Integer maximum = one.getSpec().getMaxReplicas();
    Integer current = one.getStatus() == null ? null : one.getStatus().getCurrentReplicas();
    return new Autoscaler(
        cluster,
        "HorizontalPodAutoscaler",
        one.getMetadata().getNamespace(),
        one.getMetadata().getName(),
        minimum == null ? 1 : minimum,
        maximum == null ? 0 : maximum,
        current == null ? 0 : current);
  }
}
