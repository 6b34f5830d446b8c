package io.byteport.adapter.kubernetes.mapping;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A version of a workload's template that its cluster remembers, in a ReplicaSet or a
 * ControllerRevision.
 *
 * @param name of the object that remembers it
 * @param earlier the numbers that it had before an undo made it current again
 * @param fingerprint of the template
 * @param hash the cluster's own name for the template
 * @param replicas how many pods it has; 0 where the object does not say
 * @param ready how many of them are ready; likewise
 */
public record TemplateRevision(
    String name,
    String uid,
    int number,
    Set<Integer> earlier,
    Instant createdAt,
    PodTemplateSpec template,
    String fingerprint,
    @Nullable String changeCause,
    String hash,
    int replicas,
    int ready) {
  static final String NUMBER = "deployment.kubernetes.io/revision";
  static final String CHANGE_CAUSE = "kubernetes.io/change-cause";
  private static final String EARLIER = "deployment.kubernetes.io/revision-history";
  private static final String REVISION_HASH = "controller-revision-hash";

  public TemplateRevision {
    earlier = Set.copyOf(earlier);
  }

  /** Empty for a ReplicaSet that no Deployment has numbered. */
  public static Optional<TemplateRevision> of(ReplicaSet set) {
    Optional<Integer> number = number(PodMapper.annotations(set).get(NUMBER));
    PodTemplateSpec template = set.getSpec().getTemplate();
    if (number.isEmpty() || template == null) {
      return Optional.empty();
    }
    return Optional.of(
        new TemplateRevision(
            set.getMetadata().getName(),
            PodMapper.uid(set),
            number.get(),
            numbers(PodMapper.annotations(set).get(EARLIER)),
            Times.created(set),
            template,
            Templates.fingerprint(template),
            PodMapper.annotations(set).get(CHANGE_CAUSE),
            PodMapper.labels(set).getOrDefault(Templates.HASH, set.getMetadata().getName()),
            set.getStatus() == null || set.getStatus().getReplicas() == null
                ? 0
                : set.getStatus().getReplicas(),
            set.getStatus() == null || set.getStatus().getReadyReplicas() == null
                ? 0
                : set.getStatus().getReadyReplicas()));
  }

  /** Empty for a revision of something that has no template. */
  public static Optional<TemplateRevision> of(ControllerRevision revision) {
    PodTemplateSpec template = Templates.inRevision(revision.getData());
    if (template == null || revision.getRevision() == null) {
      return Optional.empty();
    }
    return Optional.of(
        new TemplateRevision(
            revision.getMetadata().getName(),
            PodMapper.uid(revision),
            revision.getRevision().intValue(),
            Set.of(),
            Times.created(revision),
            template,
            Templates.fingerprint(template),
            PodMapper.annotations(revision).get(CHANGE_CAUSE),
            PodMapper.labels(revision)
                .getOrDefault(REVISION_HASH, revision.getMetadata().getName()),
            0,
            0));
  }

  private static Optional<Integer> number(@Nullable String text) {
    try {
      return text == null ? Optional.empty() : Optional.of(Integer.parseInt(text.strip()));
    } catch (NumberFormatException none) {
      return Optional.empty();
    }
  }

  private static Set<Integer> numbers(@Nullable String text) {
    return text == null
        ? Set.of()
        : Arrays.stream(text.split(","))
            .map(TemplateRevision::number)
            .flatMap(Optional::stream)
            .collect(Collectors.toCollection(TreeSet::new));
  }
}
