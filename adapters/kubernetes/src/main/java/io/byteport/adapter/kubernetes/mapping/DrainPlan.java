package io.byteport.adapter.kubernetes.mapping;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which pods leave a node, and which stay. Pure.
 *
 * @param leaving those to evict, by namespace and name
 * @param going those that somebody is deleting already
 * @param staying mirror and DaemonSet pods, critical pods, the spared
 * @param objections why the node must not be drained like this, in kubectl's words; empty if it may
 */
public record DrainPlan(
    List<Pod> leaving, List<Pod> going, List<Pod> staying, List<String> objections) {
  private static final String MIRROR = "kubernetes.io/config.mirror";
  private static final Set<String> CRITICAL =
      Set.of("system-cluster-critical", "system-node-critical");
  private static final int CRITICAL_PRIORITY = 2_000_000_000;

  public DrainPlan {
    leaving = List.copyOf(leaving);
    going = List.copyOf(going);
    staying = List.copyOf(staying);
    objections = List.copyOf(objections);
  }

  /**
   * What may happen to pods.
   *
   * @param pods all that are on the node
   * @param ignoreDaemonSets leaves the pods of DaemonSets; else they are an objection
   * @param deleteEmptyDirData lets data go with its pod; else it is an objection
   * @param spare kinds of owners whose pods stay
   */
  public static DrainPlan of(
      List<Pod> pods, boolean ignoreDaemonSets, boolean deleteEmptyDirData, Set<String> spare) {
    List<Pod> leaving = new ArrayList<>();
    List<Pod> going = new ArrayList<>();
    List<Pod> staying = new ArrayList<>();
    List<String> daemons = new ArrayList<>();
    List<String> data = new ArrayList<>();
    List<String> orphans = new ArrayList<>();
    for (Pod pod : pods.stream().sorted(Comparator.comparing(DrainPlan::name)).toList()) {
      Optional<String> owner = PodMapper.controller(pod).map(OwnerReference::getKind);
      boolean daemon = owner.filter("DaemonSet"::equals).isPresent();
      if (PodMapper.annotations(pod).containsKey(MIRROR)
          || isCritical(pod)
          || isSpared(owner, spare)) {
        staying.add(pod);
      } else if (daemon && PodMapper.isUnfinished(pod)) {
        staying.add(pod);
        if (!ignoreDaemonSets) {
          daemons.add(name(pod));
        }
      } else if (pod.getMetadata().getDeletionTimestamp() != null) {
        going.add(pod);
      } else {
        leaving.add(pod);
        if (PodMapper.isUnfinished(pod)) {
          if (owner.isEmpty()) {
            orphans.add(name(pod));
          }
          if (!deleteEmptyDirData && hasEmptyDir(pod)) {
            data.add(name(pod));
          }
        }
      }
    }
    List<String> objections = new ArrayList<>();
    object(objections, "cannot delete DaemonSet-managed Pods", daemons);
    object(objections, "cannot delete Pods that declare no controller", orphans);
    object(objections, "cannot delete Pods with local storage", data);
    return new DrainPlan(leaving, going, staying, objections);
  }

  private static void object(List<String> objections, String words, List<String> pods) {
    if (!pods.isEmpty()) {
      objections.add(words + ": " + String.join(", ", pods));
    }
  }

  /** Namespace and name, with a slash between. */
  public static String name(Pod pod) {
    return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
  }

  private static boolean isCritical(Pod pod) {
    String priorityClass = pod.getSpec().getPriorityClassName();
    Integer priority = pod.getSpec().getPriority();
    return (priorityClass != null && CRITICAL.contains(priorityClass))
        || (priority != null && priority >= CRITICAL_PRIORITY);
  }

  /** A Deployment owns its pods through ReplicaSets. */
  private static boolean isSpared(Optional<String> owner, Set<String> spare) {
    return owner
        .filter(
            kind ->
                spare.contains(kind) || (kind.equals("ReplicaSet") && spare.contains("Deployment")))
        .isPresent();
  }

  private static boolean hasEmptyDir(Pod pod) {
    return pod.getSpec().getVolumes().stream().anyMatch(volume -> volume.getEmptyDir() != null);
  }
}
