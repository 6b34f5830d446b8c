package io.byteport.adapter.kubernetes.read;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.api.Selection;
import io.byteport.adapter.kubernetes.mapping.WorkloadMapper;
import io.byteport.adapter.kubernetes.mapping.WorkloadState;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.Workload;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetList;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentList;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code kubectl.findWorkload}: the one workload that carries these labels. */
public record FindWorkload(Clusters clusters) implements Action.Read<FindWorkload.Input, Workload> {

  /**
   * What {@code kubectl.findWorkload} takes.
   *
   * @param namespace null for all that are in reach
   */
  public record Input(
      Map<String, String> labels, @Nullable String namespace, @Nullable Cluster cluster) {
    public Input {
      labels = Collections.unmodifiableMap(new TreeMap<>(labels));
      if (labels.isEmpty()) {
        throw new IllegalArgumentException("there is no label to find a workload by");
      }
    }
  }

  @Override
  public String name() {
    return "kubectl.findWorkload";
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
    return Kubectl.on(clusters, null, input.cluster())
        .add("get", "deployments,statefulsets,daemonsets")
        .inOrAll(input.namespace())
        .with(
            "--selector",
            input.labels().entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .collect(Collectors.joining(",")))
        .words();
  }

  @Override
  public @Nullable Workload read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    Clusters.Chosen cluster = clusters.choose(null, input.cluster());
    List<WorkloadState> found = found(cluster.api(), input, deadline);
    if (found.size() != 1) {
      return null;
    }
    WorkloadState only = found.get(0);
    return WorkloadMapper.map(
            only, new WorkloadReader(cluster.api(), deadline).revisions(only), null, cluster.as())
        .orElseThrow(() -> ReadPod.noContainer(only.toString(), null));
  }

  private static List<WorkloadState> found(ClusterApi api, Input input, Deadline deadline)
      throws ActionException, InterruptedException {
    Selection selection = Selection.labelled(input.labels());
    List<WorkloadState> found = new ArrayList<>();
    api.<Deployment, DeploymentList>each(
        Resource.DEPLOYMENTS,
        input.namespace(),
        selection,
        DeploymentList.class,
        deadline,
        one -> found.add(WorkloadState.of(one)));
    api.<StatefulSet, StatefulSetList>each(
        Resource.STATEFUL_SETS,
        input.namespace(),
        selection,
        StatefulSetList.class,
        deadline,
        one -> found.add(WorkloadState.of(one)));
    api.<DaemonSet, DaemonSetList>each(
        Resource.DAEMON_SETS,
        input.namespace(),
        selection,
        DaemonSetList.class,
        deadline,
        one -> found.add(WorkloadState.of(one)));
    return found;
  }
}
