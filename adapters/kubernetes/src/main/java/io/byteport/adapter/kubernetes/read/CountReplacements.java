package io.byteport.adapter.kubernetes.read;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.api.Selection;
import io.byteport.adapter.kubernetes.mapping.Owners;
import io.byteport.adapter.kubernetes.mapping.PodMapper;
import io.byteport.adapter.kubernetes.mapping.WorkloadState;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.PodRef;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetList;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code kubectl.replacements}: how many of these pods' owners want a replacement, and how many of
 * those are ready. Pods that are gone are known by their names alone: a controller names its pods
 * after itself.
 */
public record CountReplacements(Clusters clusters)
    implements Action.Read<CountReplacements.Input, CountReplacements.Output> {

  /** What {@code kubectl.replacements} takes. */
  public record Input(List<PodRef> pods, @Nullable Cluster cluster) {
    public Input {
      pods = List.copyOf(pods);
    }

    @Nullable Cluster ofReference() {
      return pods.isEmpty() ? null : pods.get(0).cluster();
    }
  }

  /**
   * What {@code kubectl.replacements} returns.
   *
   * @param expected how many of the pods have an owner that still wants as many
   * @param ready how many of those run elsewhere and are ready
   */
  public record Output(int expected, int ready) {}

  @Override
  public String name() {
    return "kubectl.replacements";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<CountReplacements.Output> outputType() {
    return CountReplacements.Output.class;
  }

  @Override
  public List<String> command(Input input) {
    return Kubectl.on(clusters, input.ofReference(), input.cluster())
        .add("get", "pods", "-A")
        .json();
  }

  @Override
  public CountReplacements.Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    if (input.pods().isEmpty()) {
      return new Output(0, 0);
    }
    ClusterApi api = clusters.choose(input.ofReference(), input.cluster()).api();
    Map<String, Set<String>> gone = new TreeMap<>();
    input
        .pods()
        .forEach(
            pod -> gone.computeIfAbsent(pod.namespace(), any -> new HashSet<>()).add(pod.name()));
    int expected = 0;
    int ready = 0;
    for (Map.Entry<String, Set<String>> place : gone.entrySet()) {
      List<Pod> pods =
          api.list(Resource.PODS, place.getKey(), Selection.ALL, PodList.class, deadline);
      for (WorkloadState owner : owners(api, place.getKey(), deadline)) {
        int lost =
            (int)
                place.getValue().stream()
                    .filter(pod -> Owners.makes(owner.metadata().getName(), pod))
                    .count();
        int wanted = Math.min(lost, owner.wanted());
        expected += wanted;
        ready += Math.max(0, wanted - Math.max(0, owner.wanted() - ready(pods, owner)));
      }
    }
    return new Output(expected, ready);
  }

  private static int ready(List<Pod> pods, WorkloadState owner) {
    return (int)
        pods.stream()
            .filter(PodMapper::isActive)
            .filter(PodMapper::isReady)
            .filter(
                pod ->
                    PodMapper.controller(pod)
                        .filter(one -> owner.uid().equals(one.getUid()))
                        .isPresent())
            .count();
  }

  private static List<WorkloadState> owners(ClusterApi api, String namespace, Deadline deadline)
      throws ActionException, InterruptedException {
    List<WorkloadState> owners = new ArrayList<>();
    api.<ReplicaSet, ReplicaSetList>each(
        Resource.REPLICA_SETS,
        namespace,
        Selection.ALL,
        ReplicaSetList.class,
        deadline,
        one -> owners.add(WorkloadState.of(one)));
    api.<StatefulSet, StatefulSetList>each(
        Resource.STATEFUL_SETS,
        namespace,
        Selection.ALL,
        StatefulSetList.class,
        deadline,
        one -> owners.add(WorkloadState.of(one)));
    return owners;
  }
}
