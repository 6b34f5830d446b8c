package io.byteport.adapter.kubernetes.read;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.api.Selection;
import io.byteport.adapter.kubernetes.mapping.PodMapper;
import io.byteport.adapter.kubernetes.mapping.RolloutMapper;
import io.byteport.adapter.kubernetes.mapping.TemplateRevision;
import io.byteport.adapter.kubernetes.mapping.WorkloadState;
import io.byteport.adapter.kubernetes.model.WorkloadKind;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionList;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetList;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fetches workloads, their revisions and their pods, for one action. */
public final class WorkloadReader {
  private static final String REVISION_HASH = "controller-revision-hash";
  private static final int HIGHEST = 10;

  private final ClusterApi api;
  private final Deadline deadline;

  public WorkloadReader(ClusterApi api, Deadline deadline) {
    this.api = api;
    this.deadline = deadline;
  }

  public WorkloadState workload(WorkloadKind kind, String namespace, String name)
      throws ActionException, InterruptedException {
    return switch (kind) {
      case DEPLOYMENT ->
          WorkloadState.of(
              api.get(Resource.DEPLOYMENTS, namespace, name, Deployment.class, deadline));
      case STATEFUL_SET ->
          WorkloadState.of(
              api.get(Resource.STATEFUL_SETS, namespace, name, StatefulSet.class, deadline));
      case DAEMON_SET ->
          WorkloadState.of(
              api.get(Resource.DAEMON_SETS, namespace, name, DaemonSet.class, deadline));
      case REPLICA_SET ->
          WorkloadState.of(
              api.get(Resource.REPLICA_SETS, namespace, name, ReplicaSet.class, deadline));
      case JOB -> WorkloadState.of(api.get(Resource.JOBS, namespace, name, Job.class, deadline));
      case POD -> WorkloadState.of(api.get(Resource.PODS, namespace, name, Pod.class, deadline));
    };
  }

  /**
   * What owns a pod: its controller, the controller of that, and so on, as far as they are
   * workloads that are known here. A pod without such an owner is its own.
   *
   * @throws ActionException also if an owner is gone, or another has taken its name meanwhile
   */
  public WorkloadState owner(String namespace, String pod)
      throws ActionException, InterruptedException {
    WorkloadState found = workload(WorkloadKind.POD, namespace, pod);
    for (int level = 0; level < HIGHEST; level++) {
      Optional<OwnerReference> above = PodMapper.controller(found.object());
      Optional<WorkloadKind> kind = above.flatMap(one -> WorkloadKind.of(one.getKind()));
      if (above.isEmpty() || kind.isEmpty()) {
        return found;
      }
      WorkloadState owner = workload(kind.get(), namespace, above.get().getName());
      if (!owner.uid().equals(above.get().getUid())) {
        throw ActionException.refused(
            FailureKind.CONFLICT,
            "the owner of " + found + " is gone, and another " + owner + " has taken its name");
      }
      found = owner;
    }
    return found;
  }

  /** Where the objects of a kind of workload are. */
  public static Resource resource(WorkloadKind kind) {
    return switch (kind) {
      case DEPLOYMENT -> Resource.DEPLOYMENTS;
      case STATEFUL_SET -> Resource.STATEFUL_SETS;
      case DAEMON_SET -> Resource.DAEMON_SETS;
      case REPLICA_SET -> Resource.REPLICA_SETS;
      case JOB -> Resource.JOBS;
      case POD -> Resource.PODS;
    };
  }

  /** All revisions that the cluster remembers, in no order; none for a kind that keeps none. */
  public List<TemplateRevision> revisions(WorkloadState workload)
      throws ActionException, InterruptedException {
    List<TemplateRevision> found = new ArrayList<>();
    if (workload.kind() == WorkloadKind.DEPLOYMENT) {
      api.<ReplicaSet, ReplicaSetList>each(
          Resource.REPLICA_SETS,
          workload.metadata().getNamespace(),
          selection(workload),
          ReplicaSetList.class,
          deadline,
          set -> {
            if (isOwned(PodMapper.controller(set), workload)) {
              TemplateRevision.of(set).ifPresent(found::add);
            }
          });
    } else if (RolloutMapper.keepsHistory(workload.kind())) {
      api.<ControllerRevision, ControllerRevisionList>each(
          Resource.CONTROLLER_REVISIONS,
          workload.metadata().getNamespace(),
          selection(workload),
          ControllerRevisionList.class,
          deadline,
          revision -> {
            if (isOwned(PodMapper.controller(revision), workload)) {
              TemplateRevision.of(revision).ifPresent(found::add);
            }
          });
    }
    return found;
  }

  /** All pods of a workload, whatever their revision and state. */
  public List<Pod> pods(WorkloadState workload) throws ActionException, InterruptedException {
    if (workload.object() instanceof Pod pod) {
      return List.of(pod);
    }
    Set<String> owners = new HashSet<>(Set.of(workload.uid()));
    revisions(workload).forEach(revision -> owners.add(revision.uid()));
    List<Pod> pods = new ArrayList<>();
    api.<Pod, PodList>each(
        Resource.PODS,
        workload.metadata().getNamespace(),
        selection(workload),
        PodList.class,
        deadline,
        pod -> {
          if (PodMapper.controller(pod).filter(one -> owners.contains(one.getUid())).isPresent()) {
            pods.add(pod);
          }
        });
    return pods;
  }

  /**
   * The pods that a workload runs now: of its current revision, and neither at their end nor being
   * deleted. None while the controller has not seen the newest template.
   */
  public List<Pod> currentPods(WorkloadState workload)
      throws ActionException, InterruptedException {
    List<Pod> active = pods(workload).stream().filter(PodMapper::isActive).toList();
    if (!RolloutMapper.keepsHistory(workload.kind())) {
      return active;
    }
    Optional<TemplateRevision> current = RolloutMapper.current(workload, revisions(workload));
    return current
        .map(revision -> active.stream().filter(pod -> isOf(pod, revision)).toList())
        .orElse(List.of());
  }

  private static boolean isOf(Pod pod, TemplateRevision revision) {
    return isOwned(PodMapper.controller(pod), revision.uid())
        || (pod.getMetadata().getLabels() != null
            && isNamed(pod.getMetadata().getLabels().get(REVISION_HASH), revision));
  }

  private static boolean isNamed(@Nullable String hash, TemplateRevision revision) {
    return hash != null && (hash.equals(revision.hash()) || hash.equals(revision.name()));
  }

  private static boolean isOwned(Optional<OwnerReference> owner, WorkloadState workload) {
    return isOwned(owner, workload.uid());
  }

  private static boolean isOwned(Optional<OwnerReference> owner, String uid) {
    return owner.filter(one -> uid.equals(one.getUid())).isPresent();
  }

  private static Selection selection(WorkloadState workload) {
    return workload.selectorText().map(Selection::labels).orElse(Selection.ALL);
  }
}
