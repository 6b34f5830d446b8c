package io.byteport.sim.kubernetes.scenario;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A workload, its earlier revisions and what is wrong with it.
 *
 * @param kind Deployment, StatefulSet, DaemonSet or Pod
 * @param containers the first one is the one that {@code history} and unnamed faults speak of
 * @param initContainers run one after the other before the containers start
 * @param history earlier revisions, oldest first
 * @param apart whether no node may have two of its pods: required anti-affinity
 * @param priority of its pods, as a PriorityClass would give it
 */
public record WorkloadSpec(
    String kind,
    String name,
    String namespace,
    int replicas,
    List<ContainerSpec> containers,
    List<ContainerSpec> initContainers,
    Map<String, String> labels,
    Map<String, String> annotations,
    Map<String, String> podAnnotations,
    Map<String, String> nodeSelector,
    List<String> imagePullSecrets,
    Optional<String> changeCause,
    Optional<Duration> progressDeadline,
    Optional<Integer> historyLimit,
    Optional<Duration> age,
    List<Revision> history,
    List<Fault> faults,
    boolean apart,
    Optional<Integer> priority) {
  public WorkloadSpec {
    containers = List.copyOf(containers);
    initContainers = List.copyOf(initContainers);
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    podAnnotations = Collections.unmodifiableMap(new LinkedHashMap<>(podAnnotations));
    nodeSelector = Collections.unmodifiableMap(new LinkedHashMap<>(nodeSelector));
    imagePullSecrets = List.copyOf(imagePullSecrets);
    history = List.copyOf(history);
    faults = List.copyOf(faults);
  }

  /**
   * An earlier revision.
   *
   * @param age how long before the start it was rolled out
   */
  public record Revision(String image, Optional<String> changeCause, Duration age) {}
}
