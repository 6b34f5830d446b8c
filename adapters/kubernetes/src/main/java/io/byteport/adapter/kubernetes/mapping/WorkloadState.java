package io.byteport.adapter.kubernetes.mapping;

import io.byteport.adapter.kubernetes.model.Condition;
import io.byteport.adapter.kubernetes.model.WorkloadKind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A workload of any kind in one shape: what it wants, and how far it is.
 *
 * @param object as the API has it
 * @param template of its pods
 * @param selector of its pods; null for a pod
 * @param wanted how many pods
 * @param total how many pods there are, old ones included
 * @param updated how many have the current template
 * @param observed whether the numbers are about the current template
 * @param currentRevision the name of the current ControllerRevision; null where there is none
 * @param paused whether rollouts stand still
 */
public record WorkloadState(
    WorkloadKind kind,
    HasMetadata object,
    PodTemplateSpec template,
    @Nullable LabelSelector selector,
    int wanted,
    int total,
    int updated,
    int ready,
    int available,
    boolean observed,
    @Nullable String currentRevision,
    boolean paused,
    List<Condition> conditions) {
  static final String DEADLINE_EXCEEDED = "ProgressDeadlineExceeded";

  public WorkloadState {
    conditions = List.copyOf(conditions);
  }

  public ObjectMeta metadata() {
    return object.getMetadata();
  }

  public String uid() {
    return PodMapper.uid(object);
  }

  /** Counts the changes of what is wanted; 0 where the kind does not count. */
  public long generation() {
    return metadata().getGeneration() == null ? 0 : metadata().getGeneration();
  }

  /** Whether every wanted pod has the current template and is available, and no other is left. */
  public boolean isComplete() {
    return observed && updated >= wanted && total <= updated && available >= updated;
  }

  /** Whether the rollout has been given up. */
  public boolean hasPassedDeadline() {
    return observed && progressingReason().filter(DEADLINE_EXCEEDED::equals).isPresent();
  }

  Optional<String> progressingReason() {
    return ConditionMapper.find(conditions, "Progressing").map(Condition::reason);
  }

  /** The selector as the API takes it in a list; empty where there is none. */
  public Optional<String> selectorText() {
    if (selector == null) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    if (selector.getMatchLabels() != null) {
      selector.getMatchLabels().forEach((key, value) -> parts.add(key + "=" + value));
    }
    for (LabelSelectorRequirement one : selector.getMatchExpressions()) {
      String values = "(" + String.join(",", one.getValues()) + ")";
      parts.add(
          switch (one.getOperator()) {
            case "In" -> one.getKey() + " in " + values;
            case "NotIn" -> one.getKey() + " notin " + values;
            case "DoesNotExist" -> "!" + one.getKey();
            default -> one.getKey();
          });
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(",", parts));
  }

  /** Kind, namespace and name, for messages. */
  @Override
  public String toString() {
    return kind.word() + " " + metadata().getNamespace() + "/" + metadata().getName();
  }

  public static WorkloadState of(Deployment deployment) {
    DeploymentStatus status =
        deployment.getStatus() == null ? new DeploymentStatus() : deployment.getStatus();
    Instant created = Times.created(deployment);
    List<Condition> conditions = new ArrayList<>();
    for (DeploymentCondition one : status.getConditions()) {
      conditions.add(
          ConditionMapper.map(
              one.getType(),
              one.getStatus(),
              one.getReason(),
              one.getMessage(),
              one.getLastTransitionTime(),
              created));
    }
    return new WorkloadState(
        WorkloadKind.DEPLOYMENT,
        deployment,
        deployment.getSpec().getTemplate(),
        deployment.getSpec().getSelector(),
        or(deployment.getSpec().getReplicas(), 1),
        or(status.getReplicas(), 0),
        or(status.getUpdatedReplicas(), 0),
        or(status.getReadyReplicas(), 0),
        or(status.getAvailableReplicas(), 0),
        observed(deployment, status.getObservedGeneration()),
        null,
        Boolean.TRUE.equals(deployment.getSpec().getPaused()),
        conditions);
  }

  public static WorkloadState of(StatefulSet set) {
    StatefulSetStatus status = set.getStatus() == null ? new StatefulSetStatus() : set.getStatus();
    Instant created = Times.created(set);
    boolean rolledOut =
        status.getUpdateRevision() != null
            && status.getUpdateRevision().equals(status.getCurrentRevision());
    int total = or(status.getReplicas(), 0);
    return new WorkloadState(
        WorkloadKind.STATEFUL_SET,
        set,
        set.getSpec().getTemplate(),
        set.getSpec().getSelector(),
        or(set.getSpec().getReplicas(), 1),
        total,
        rolledOut ? total : or(status.getUpdatedReplicas(), 0),
        or(status.getReadyReplicas(), 0),
        or(status.getAvailableReplicas(), or(status.getReadyReplicas(), 0)),
        observed(set, status.getObservedGeneration()),
        status.getUpdateRevision(),
        false,
        status.getConditions().stream()
            .map(
                one ->
                    ConditionMapper.map(
                        one.getType(),
                        one.getStatus(),
                        one.getReason(),
                        one.getMessage(),
                        one.getLastTransitionTime(),
                        created))
            .toList());
  }

  public static WorkloadState of(DaemonSet set) {
    DaemonSetStatus status = set.getStatus() == null ? new DaemonSetStatus() : set.getStatus();
    Instant created = Times.created(set);
    return new WorkloadState(
        WorkloadKind.DAEMON_SET,
        set,
        set.getSpec().getTemplate(),
        set.getSpec().getSelector(),
        or(status.getDesiredNumberScheduled(), 0),
        or(status.getDesiredNumberScheduled(), 0),
        or(status.getUpdatedNumberScheduled(), 0),
        or(status.getNumberReady(), 0),
        or(status.getNumberAvailable(), 0),
        observed(set, status.getObservedGeneration()),
        null,
        false,
        status.getConditions().stream()
            .map(
                one ->
                    ConditionMapper.map(
                        one.getType(),
                        one.getStatus(),
                        one.getReason(),
                        one.getMessage(),
                        one.getLastTransitionTime(),
                        created))
            .toList());
  }

  public static WorkloadState of(ReplicaSet set) {
    ReplicaSetStatus status = set.getStatus() == null ? new ReplicaSetStatus() : set.getStatus();
    int total = or(status.getReplicas(), 0);
    return new WorkloadState(
        WorkloadKind.REPLICA_SET,
        set,
        set.getSpec().getTemplate(),
        set.getSpec().getSelector(),
        or(set.getSpec().getReplicas(), 1),
        total,
        total,
        or(status.getReadyReplicas(), 0),
        or(status.getAvailableReplicas(), 0),
        observed(set, status.getObservedGeneration()),
        null,
        false,
        List.of());
  }

  public static WorkloadState of(Job job) {
    JobStatus status = job.getStatus() == null ? new JobStatus() : job.getStatus();
    int active = or(status.getActive(), 0);
    int ready = or(status.getReady(), 0);
    return new WorkloadState(
        WorkloadKind.JOB,
        job,
        job.getSpec().getTemplate(),
        job.getSpec().getSelector(),
        or(job.getSpec().getParallelism(), 1),
        active,
        active,
        ready,
        ready,
        true,
        null,
        Boolean.TRUE.equals(job.getSpec().getSuspend()),
        List.of());
  }

  /** A pod without an owner is its own workload. */
  public static WorkloadState of(Pod pod) {
    PodTemplateSpec template = new PodTemplateSpec();
    template.setMetadata(pod.getMetadata());
    template.setSpec(pod.getSpec());
    int ready = PodMapper.isReady(pod) ? 1 : 0;
    Instant created = Times.created(pod);
    List<Condition> conditions =
        pod.getStatus() == null
            ? List.of()
            : pod.getStatus().getConditions().stream()
                .map(
                    one ->
                        ConditionMapper.map(
                            one.getType(),
                            one.getStatus(),
                            one.getReason(),
                            one.getMessage(),
                            one.getLastTransitionTime(),
                            created))
                .toList();
    return new WorkloadState(
        WorkloadKind.POD,
        pod,
        template,
        null,
        1,
        1,
        1,
        ready,
        ready,
        true,
        null,
        false,
        conditions);
  }

  private static boolean observed(HasMetadata object, @Nullable Long observed) {
    Long generation = object.getMetadata().getGeneration();
    return generation == null || (observed != null && observed >= generation);
  }

  private static int or(@Nullable Integer given, int otherwise) {
    return given == null ? otherwise : given;
  }
}
