package io.byteport.adapter.kubernetes.read;

import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.mapping.WorkloadMapper;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.Workload;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code kubectl.workloads}: all Deployments, StatefulSets and DaemonSets. */
public record ListWorkloads(Clusters clusters)
    implements Action.Read<ListWorkloads.Input, ListWorkloads.Output> {

  /** What {@code kubectl.workloads} takes. */
  public record Input(@Nullable String namespace, @Nullable Cluster cluster) {}

  /**
   * What {@code kubectl.workloads} returns.
   *
   * @param items by namespace, kind and name
   */
  public record Output(List<Workload> items) {
    public Output {
      items = List.copyOf(items);
    }
  }

  @Override
  public String name() {
    return "kubectl.workloads";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<ListWorkloads.Output> outputType() {
    return ListWorkloads.Output.class;
  }

  @Override
  public List<String> command(Input input) {
    return Kubectl.on(clusters, null, input.cluster())
        .add("get", "deployments,statefulsets,daemonsets")
        .inOrAll(input.namespace())
        .json();
  }

  @Override
  public ListWorkloads.Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    Clusters.Chosen cluster = clusters.choose(null, input.cluster());
    AllWorkloads all = new AllWorkloads(cluster.api(), input.namespace(), deadline);
    return new Output(
        all.workloads().stream()
            .map(one -> WorkloadMapper.map(one, all.revisions(one), null, cluster.as()))
            .flatMap(Optional::stream)
            .sorted(
                Comparator.comparing(Workload::namespace)
                    .thenComparing(Workload::kind)
                    .thenComparing(Workload::name))
            .toList());
  }
}
