package io.byteport.adapter.kubernetes.mapping;

import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.Container;
import io.byteport.adapter.kubernetes.model.NodeRef;
import io.byteport.adapter.kubernetes.model.Owner;
import io.byteport.adapter.kubernetes.model.Pod;
import io.byteport.adapter.kubernetes.model.PodPhase;
import io.byteport.adapter.kubernetes.model.Resources;
import io.byteport.adapter.kubernetes.model.WorkloadKind;
import io.byteport.adapter.kubernetes.model.WorkloadRef;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.ContainerMetrics;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A pod of the API as the catalogue's. */
public final class PodMapper {
  private static final String ALWAYS = "Always";

  private PodMapper() {}

  /**
   * @param container the one to speak of; null to choose
   * @param metrics what the pod uses; null where nobody knows
   * @return empty where the pod has no container of that name
   */
  public static Optional<Pod> map(
      io.fabric8.kubernetes.api.model.Pod pod,
      @Nullable String container,
      @Nullable PodMetrics metrics,
      @Nullable Cluster cluster) {
    List<Container> containers = Containers.of(pod);
    return Containers.choose(containers, container)
        .map(chosen -> map(pod, chosen, containers, metrics, cluster));
  }

  private static Pod map(
      io.fabric8.kubernetes.api.model.Pod pod,
      Container chosen,
      List<Container> containers,
      @Nullable PodMetrics metrics,
      @Nullable Cluster cluster) {
    PodSpec spec = pod.getSpec();
    PodStatus status = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
    DataSize limit =
        Containers.declared(spec, chosen.name()).map(PodMapper::memoryLimit).orElse(null);
    DataSize used = memoryUsed(metrics, chosen.name());
    String node = spec.getNodeName();
    return new Pod(
        cluster,
        pod.getMetadata().getNamespace(),
        pod.getMetadata().getName(),
        uid(pod),
        phase(status.getPhase()),
        status.getReason(),
        LongText.cutIfAny(status.getMessage()),
        isReady(pod),
        node != null && !node.isEmpty(),
        node == null || node.isEmpty() ? null : new NodeRef(cluster, node),
        containers.stream().mapToInt(Container::restarts).sum(),
        chosen,
        containers,
        owner(pod).orElse(null),
        spec.getPriority() == null ? 0 : spec.getPriority(),
        spec.getPriorityClassName(),
        requests(spec),
        requiresAntiAffinity(spec),
        pod.getMetadata().getDeletionTimestamp() != null,
        imagePullSecrets(spec),
        limit,
        used,
        limit == null || used == null || limit.bytes() <= 0
            ? null
            : new Percent(100.0 * used.bytes() / limit.bytes()),
        labels(pod),
        LongText.cut(annotations(pod)));
  }

  public static String uid(HasMetadata object) {
    return object.getMetadata().getUid() == null ? "" : object.getMetadata().getUid();
  }

  public static Map<String, String> labels(HasMetadata object) {
    Map<String, String> labels = object.getMetadata().getLabels();
    return labels == null ? Map.of() : labels;
  }

  public static Map<String, String> annotations(HasMetadata object) {
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    return annotations == null ? Map.of() : annotations;
  }

  private static @Nullable DataSize memoryLimit(
      io.fabric8.kubernetes.api.model.Container container) {
    ResourceRequirements resources = container.getResources();
    return resources == null ? null : Amounts.memory(resources.getLimits());
  }

  private static @Nullable DataSize memoryUsed(@Nullable PodMetrics metrics, String container) {
    if (metrics == null) {
      return null;
    }
    return metrics.getContainers().stream()
        .filter(one -> container.equals(one.getName()))
        .findFirst()
        .map(ContainerMetrics::getUsage)
        .map(Amounts::memory)
        .orElse(null);
  }

  /** The phase that a pod is in. */
  public static PodPhase phase(io.fabric8.kubernetes.api.model.Pod pod) {
    return phase(pod.getStatus() == null ? null : pod.getStatus().getPhase());
  }

  private static PodPhase phase(@Nullable String phase) {
    return switch (phase == null ? "" : phase) {
      case "Pending" -> PodPhase.PENDING;
      case "Running" -> PodPhase.RUNNING;
      case "Succeeded" -> PodPhase.SUCCEEDED;
      case "Failed" -> PodPhase.FAILED;
      default -> PodPhase.UNKNOWN;
    };
  }

  /** Whether the pod's condition Ready holds. */
  public static boolean isReady(io.fabric8.kubernetes.api.model.Pod pod) {
    return pod.getStatus() != null
        && pod.getStatus().getConditions().stream()
            .anyMatch(one -> "Ready".equals(one.getType()) && "True".equals(one.getStatus()));
  }

  /** Whether it runs, or still may: neither at its end nor being deleted. */
  public static boolean isActive(io.fabric8.kubernetes.api.model.Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() == null && isUnfinished(pod);
  }

  /** Whether it still takes what it requested. */
  public static boolean isUnfinished(io.fabric8.kubernetes.api.model.Pod pod) {
    String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
    return !"Succeeded".equals(phase) && !"Failed".equals(phase);
  }

  /** The controller that made an object, or empty for one of its own. */
  public static Optional<OwnerReference> controller(HasMetadata object) {
    List<OwnerReference> owners = object.getMetadata().getOwnerReferences();
    return owners == null
        ? Optional.empty()
        : owners.stream().filter(one -> Boolean.TRUE.equals(one.getController())).findFirst();
  }

  /**
   * Whether a pod is one of a workload's, as far as the pod itself tells: a Deployment's
   * ReplicaSets are named after it and the hash of their template.
   */
  public static boolean belongs(io.fabric8.kubernetes.api.model.Pod pod, WorkloadRef workload) {
    if (workload.kind() == WorkloadKind.POD) {
      return pod.getMetadata().getName().equals(workload.name());
    }
    Optional<OwnerReference> owner = controller(pod);
    if (owner.isEmpty()) {
      return false;
    }
    if (workload.kind() == WorkloadKind.DEPLOYMENT) {
      return "ReplicaSet".equals(owner.get().getKind())
          && owner.get().getName().equals(workload.name() + "-" + labels(pod).get(Templates.HASH));
    }
    return owner.get().getKind().equals(workload.kind().word())
        && owner.get().getName().equals(workload.name());
  }

  private static Optional<Owner> owner(HasMetadata object) {
    return controller(object).map(one -> new Owner(one.getKind(), one.getName()));
  }

  private static boolean requiresAntiAffinity(PodSpec spec) {
    return spec.getAffinity() != null
        && spec.getAffinity().getPodAntiAffinity() != null
        && !spec.getAffinity()
            .getPodAntiAffinity()
            .getRequiredDuringSchedulingIgnoredDuringExecution()
            .isEmpty();
  }

  private static List<String> imagePullSecrets(PodSpec spec) {
    return spec.getImagePullSecrets().stream()
        .map(LocalObjectReference::getName)
        .filter(Objects::nonNull)
        .toList();
  }

  /**
   * What the scheduler reserves: the sum of the containers and of the init containers that stay, or
   * the largest need on the way there, plus the pod's own overhead.
   */
  static Resources requests(PodSpec spec) {
    Resources staying = Resources.NONE;
    Resources highest = Resources.NONE;
    for (io.fabric8.kubernetes.api.model.Container init : spec.getInitContainers()) {
      Resources wanted = requests(init);
      if (ALWAYS.equals(init.getRestartPolicy())) {
        staying = staying.plus(wanted);
        highest = highest.max(staying);
      } else {
        highest = highest.max(staying.plus(wanted));
      }
    }
    for (io.fabric8.kubernetes.api.model.Container container : spec.getContainers()) {
      staying = staying.plus(requests(container));
    }
    return staying.max(highest).plus(Amounts.resources(spec.getOverhead()));
  }

  private static Resources requests(io.fabric8.kubernetes.api.model.Container container) {
    ResourceRequirements resources = container.getResources();
    return Amounts.resources(resources == null ? null : resources.getRequests());
  }
}
