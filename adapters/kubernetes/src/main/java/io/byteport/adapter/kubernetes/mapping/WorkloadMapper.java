package io.byteport.adapter.kubernetes.mapping;

import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.ContainerSpec;
import io.byteport.adapter.kubernetes.model.Workload;
import io.byteport.adapter.kubernetes.model.WorkloadKind;
import io.byteport.dsl.value.DataSize;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A workload of the API as the catalogue's. */
public final class WorkloadMapper {

  private WorkloadMapper() {}

  /**
   * @param revisions all that are remembered; none for a kind without history
   * @param container the one to speak of; null for the first
   * @return empty where the template has no container of that name
   */
  public static Optional<Workload> map(
      WorkloadState workload,
      List<TemplateRevision> revisions,
      @Nullable String container,
      @Nullable Cluster cluster) {
    List<Container> containers = Containers.declared(workload.template().getSpec());
    Optional<Container> chosen =
        container == null
            ? containers.stream().findFirst()
            : containers.stream().filter(one -> one.getName().equals(container)).findFirst();
    Optional<TemplateRevision> current = RolloutMapper.current(workload, revisions);
    return chosen.map(
        one ->
            new Workload(
                cluster,
                workload.kind(),
                workload.metadata().getNamespace(),
                workload.metadata().getName(),
                workload.wanted(),
                workload.ready(),
                workload.updated(),
                updatedReady(workload, current),
                current
                    .map(revision -> RolloutMapper.startedAt(workload, revisions, revision))
                    .orElseGet(() -> Times.created(workload.object())),
                isAvailable(workload),
                isProgressing(workload),
                workload.progressingReason().orElse(null),
                workload.conditions(),
                container(one, workload),
                PodMapper.labels(workload.object()),
                LongText.cut(PodMapper.annotations(workload.object()))));
  }

  private static int updatedReady(WorkloadState workload, Optional<TemplateRevision> current) {
    if (workload.kind() == WorkloadKind.DEPLOYMENT) {
      return current.map(TemplateRevision::ready).orElse(0);
    }
    // Old pods are counted as ready as they can be.
    return Math.max(0, workload.ready() - (workload.total() - workload.updated()));
  }

  private static boolean isAvailable(WorkloadState workload) {
    if (workload.kind() == WorkloadKind.DEPLOYMENT) {
      return ConditionMapper.holds(workload.conditions(), "Available");
    }
    return workload.available() >= workload.wanted();
  }

  private static boolean isProgressing(WorkloadState workload) {
    if (workload.kind() == WorkloadKind.DEPLOYMENT) {
      return ConditionMapper.holds(workload.conditions(), "Progressing");
    }
    return RolloutMapper.keepsHistory(workload.kind()) && !workload.isComplete();
  }

  private static ContainerSpec container(Container container, WorkloadState workload) {
    ResourceRequirements resources = container.getResources();
    DataSize limit = resources == null ? null : Amounts.memory(resources.getLimits());
    return new ContainerSpec(
        container.getName(),
        container.getImage() == null ? "" : container.getImage(),
        limit,
        resources == null ? null : Amounts.memory(resources.getRequests()),
        OriginalLimits.of(workload).of(container.getName()).orElse(limit),
        ProbeMapper.map(container.getLivenessProbe()),
        ProbeMapper.map(container.getReadinessProbe()));
  }
}
