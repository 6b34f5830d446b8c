package io.byteport.adapter.kubernetes.read;

import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.api.Selection;
import io.byteport.adapter.kubernetes.mapping.PodMapper;
import io.byteport.adapter.kubernetes.mapping.WorkloadState;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.NodeRef;
import io.byteport.adapter.kubernetes.model.Pod;
import io.byteport.adapter.kubernetes.model.WorkloadRef;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code kubectl.pods}: the pods of a workload, on a node, or all. */
public record ListPods(Clusters clusters) implements Action.Read<ListPods.Input, ListPods.Output> {

  /** Which revisions' pods are meant. */
  public enum Which {
    CURRENT,
    ANY
  }

  /** What {@code kubectl.pods} takes. */
  public record Input(
      @Nullable WorkloadRef workload,
      @Nullable NodeRef node,
      Which revision,
      @Nullable Cluster cluster) {

    @Nullable Cluster ofReference() {
      if (workload != null) {
        return workload.cluster();
      }
      return node == null ? null : node.cluster();
    }
  }

  /**
   * What {@code kubectl.pods} returns.
   *
   * @param items by namespace and name
   * @param restarts of all of them
   */
  public record Output(List<Pod> items, int restarts) {
    public Output {
      items = List.copyOf(items);
    }
  }

  @Override
  public String name() {
    return "kubectl.pods";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<Output> outputType() {
    return Output.class;
  }

  @Override
  public List<String> command(Input input) {
    Kubectl command = Kubectl.on(clusters, input.ofReference(), input.cluster()).add("get", "pods");
    if (input.workload() != null) {
      return command.in(input.workload().namespace()).json();
    }
    command.add("-A");
    return input.node() == null
        ? command.json()
        : command.add("--field-selector", "spec.nodeName=" + input.node().name()).json();
  }

  @Override
  public Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    Clusters.Chosen cluster = clusters.choose(input.ofReference(), input.cluster());
    List<io.fabric8.kubernetes.api.model.Pod> pods = pods(input, cluster, deadline);
    Map<String, PodMetrics> metrics =
        pods.isEmpty()
            ? Map.of()
            : Metrics.all(
                cluster.api(),
                input.workload() == null ? null : input.workload().namespace(),
                deadline);
    List<Pod> items =
        pods.stream()
            .map(pod -> PodMapper.map(pod, null, metrics.get(key(pod)), cluster.as()))
            .flatMap(Optional::stream)
            .sorted(Comparator.comparing(Pod::namespace).thenComparing(Pod::name))
            .toList();
    return new Output(items, items.stream().mapToInt(Pod::restarts).sum());
  }

  private static String key(io.fabric8.kubernetes.api.model.Pod pod) {
    return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
  }

  private static List<io.fabric8.kubernetes.api.model.Pod> pods(
      Input input, Clusters.Chosen cluster, Deadline deadline)
      throws ActionException, InterruptedException {
    WorkloadRef ref = input.workload();
    if (ref == null) {
      Selection selection =
          input.node() == null ? Selection.ALL : Selection.onNode(input.node().name());
      return cluster.api().list(Resource.PODS, null, selection, PodList.class, deadline);
    }
    WorkloadReader reader = new WorkloadReader(cluster.api(), deadline);
    WorkloadState workload = reader.workload(ref.kind(), ref.namespace(), ref.name());
    List<io.fabric8.kubernetes.api.model.Pod> pods =
        input.revision() == Which.CURRENT ? reader.currentPods(workload) : reader.pods(workload);
    return input.node() == null
        ? pods
        : pods.stream()
            .filter(pod -> input.node().name().equals(pod.getSpec().getNodeName()))
            .toList();
  }
}
