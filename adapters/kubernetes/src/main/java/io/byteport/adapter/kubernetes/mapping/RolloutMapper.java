package io.byteport.adapter.kubernetes.mapping;

import io.byteport.adapter.kubernetes.model.Revision;
import io.byteport.adapter.kubernetes.model.Rollout;
import io.byteport.adapter.kubernetes.model.WorkloadKind;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The history of a workload: which revision is current, and which may be gone back to. */
public final class RolloutMapper {
  private static final Comparator<TemplateRevision> NEWEST_FIRST =
      Comparator.comparingInt(TemplateRevision::number).reversed();

  private RolloutMapper() {}

  /**
   * The revision that the workload wants now, or empty while its controller has not seen its newest
   * template.
   *
   * @param revisions all that are remembered; none for a kind without history
   */
  public static Optional<TemplateRevision> current(
      WorkloadState workload, List<TemplateRevision> revisions) {
    List<TemplateRevision> newest = revisions.stream().sorted(NEWEST_FIRST).toList();
    String wanted = Templates.fingerprint(workload.template());
    Optional<TemplateRevision> same =
        newest.stream().filter(one -> one.fingerprint().equals(wanted)).findFirst();
    if (same.isPresent() || !workload.observed()) {
      return same;
    }
    return switch (workload.kind()) {
      case DEPLOYMENT -> {
        String number = PodMapper.annotations(workload.object()).get(TemplateRevision.NUMBER);
        yield newest.stream()
            .filter(one -> String.valueOf(one.number()).equals(number))
            .findFirst();
      }
      case STATEFUL_SET ->
          newest.stream().filter(one -> one.name().equals(workload.currentRevision())).findFirst();
      case DAEMON_SET -> newest.stream().findFirst();
      case REPLICA_SET, JOB, POD -> Optional.empty();
    };
  }

  /**
   * The whole history. A workload of a kind that keeps none has one revision, number 1.
   *
   * @return empty while the controller has not seen the newest template
   */
  public static Optional<Rollout> map(WorkloadState workload, List<TemplateRevision> revisions) {
    if (!keepsHistory(workload.kind())) {
      Revision only = only(workload);
      return Optional.of(new Rollout(only, null, List.of(only), null));
    }
    return current(workload, revisions).map(current -> map(workload, revisions, current));
  }

  public static boolean keepsHistory(WorkloadKind kind) {
    return kind == WorkloadKind.DEPLOYMENT
        || kind == WorkloadKind.STATEFUL_SET
        || kind == WorkloadKind.DAEMON_SET;
  }

  private static Rollout map(
      WorkloadState workload, List<TemplateRevision> revisions, TemplateRevision current) {
    Instant startedAt = startedAt(workload, revisions, current);
    List<Revision> all =
        revisions.stream()
            .sorted(NEWEST_FIRST)
            .map(one -> revision(one, one.equals(current) ? startedAt : one.createdAt()))
            .toList();
    return new Rollout(
        revision(current, startedAt),
        lastGood(revisions, current).map(one -> revision(one, one.createdAt())).orElse(null),
        all,
        duration(workload, startedAt));
  }

  private static Optional<TemplateRevision> lastGood(
      List<TemplateRevision> revisions, TemplateRevision current) {
    Set<Integer> abandoned = rolledBackFrom(revisions);
    return revisions.stream()
        .filter(one -> one.number() < current.number())
        .filter(one -> !abandoned.contains(one.number()))
        .sorted(NEWEST_FIRST)
        .filter(one -> !Templates.same(one.template(), current.template()))
        .findFirst();
  }

  /** An undo gives an old revision a new number: what lies between the two was left for it. */
  private static Set<Integer> rolledBackFrom(List<TemplateRevision> revisions) {
    Set<Integer> abandoned = new HashSet<>();
    for (TemplateRevision revision : revisions) {
      TreeSet<Integer> numbers = new TreeSet<>(revision.earlier());
      numbers.add(revision.number());
      for (int number : numbers) {
        Integer before = numbers.lower(number);
        for (int between = before == null ? number : before + 1; between < number; between++) {
          abandoned.add(between);
        }
      }
    }
    return abandoned;
  }

  /**
   * When the current revision began to roll out: when it was made, or, where an undo made it
   * current again, when the template was last written; where nobody recorded that, the least that
   * it can be.
   */
  static Instant startedAt(
      WorkloadState workload, List<TemplateRevision> revisions, TemplateRevision current) {
    Instant least =
        revisions.stream()
            .map(TemplateRevision::createdAt)
            .max(Comparator.naturalOrder())
            .orElse(current.createdAt());
    if (current.earlier().isEmpty() && !least.isAfter(current.createdAt())) {
      return current.createdAt();
    }
    return templateWrittenAt(workload).filter(least::isBefore).orElse(least);
  }

  private static Optional<Instant> templateWrittenAt(WorkloadState workload) {
    List<ManagedFieldsEntry> managed = workload.metadata().getManagedFields();
    return managed == null
        ? Optional.empty()
        : managed.stream()
            .filter(one -> one.getSubresource() == null || one.getSubresource().isEmpty())
            .filter(RolloutMapper::writesTemplate)
            .map(one -> Times.or(one.getTime(), Instant.EPOCH))
            .max(Comparator.naturalOrder());
  }

  private static boolean writesTemplate(ManagedFieldsEntry entry) {
    return entry.getFieldsV1() != null
        && entry.getFieldsV1().getAdditionalProperties().get("f:spec") instanceof Map<?, ?> spec
        && spec.containsKey("f:template");
  }

  /** How long the last complete rollout took: known where it is the current one. */
  private static @Nullable Duration duration(WorkloadState workload, Instant startedAt) {
    if (!(workload.object() instanceof Deployment deployment) || deployment.getStatus() == null) {
      return null;
    }
    for (DeploymentCondition condition : deployment.getStatus().getConditions()) {
      Instant done = Times.parse(condition.getLastUpdateTime());
      if ("Progressing".equals(condition.getType())
          && "NewReplicaSetAvailable".equals(condition.getReason())
          && done != null
          && done.isAfter(startedAt)) {
        return Duration.between(startedAt, done);
      }
    }
    return null;
  }

  private static Revision only(WorkloadState workload) {
    return new Revision(
        1, Times.created(workload.object()), image(workload.template()), null, null, null, null);
  }

  private static Revision revision(TemplateRevision one, Instant startedAt) {
    ChangeCause cause = ChangeCause.read(one.changeCause());
    return new Revision(
        one.number(),
        startedAt,
        image(one.template()),
        LongText.cutIfAny(one.changeCause()),
        cause.commit(),
        cause.commitUrl(),
        cause.ciUrl());
  }

  private static String image(PodTemplateSpec template) {
    List<Container> containers = template.getSpec().getContainers();
    return containers.isEmpty() || containers.get(0).getImage() == null
        ? ""
        : containers.get(0).getImage();
  }
}
