package io.byteport.adapter.kubernetes.mapping;

import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.Memory;
import io.byteport.adapter.kubernetes.model.MemoryUser;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.ContainerMetrics;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.NodeMetrics;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who uses how much memory. Pure.
 *
 * @param metrics by namespace and name with a slash between
 * @param cluster how references name it
 * @param now what ages are counted to
 */
public record MemoryMapper(
    Map<String, PodMetrics> metrics, @Nullable Cluster cluster, Instant now) {

  /** What a pod uses, and what it may use. */
  private record Use(Pod pod, long used, long most) {}

  /** The memory of a node and its largest pods. */
  public Memory ofNode(
      io.fabric8.kubernetes.api.model.Node node, NodeMetrics measured, List<Pod> pods, int top) {
    @Nullable DataSize allocatable =
        node.getStatus() == null ? null : Amounts.memory(node.getStatus().getAllocatable());
    @Nullable DataSize used = Amounts.memory(measured.getUsage());
    return memory(
        used == null ? 0 : used.bytes(),
        allocatable == null ? 0 : allocatable.bytes(),
        uses(pods),
        top);
  }

  /** The memory of a namespace and its largest pods. */
  public Memory ofNamespace(List<Pod> pods, int top) {
    List<Use> uses = uses(pods);
    return memory(
        uses.stream().mapToLong(Use::used).sum(),
        uses.stream().mapToLong(Use::most).sum(),
        uses,
        top);
  }

  private Memory memory(long used, long total, List<Use> uses, int top) {
    return new Memory(
        percent(used, total),
        new DataSize(used),
        new DataSize(total),
        null,
        uses.stream().limit(top).map(use -> user(use, total)).toList());
  }

  /** Those that are measured, largest first. */
  private List<Use> uses(List<Pod> pods) {
    List<Use> uses = new ArrayList<>();
    for (Pod pod : pods) {
      PodMetrics measured =
          metrics.get(pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName());
      if (measured != null) {
        uses.add(use(pod, measured));
      }
    }
    uses.sort(
        Comparator.comparingLong(Use::used)
            .reversed()
            .thenComparing(use -> use.pod().getMetadata().getName()));
    return uses;
  }

  private static Use use(Pod pod, PodMetrics measured) {
    long used = 0;
    long most = 0;
    for (ContainerMetrics container : measured.getContainers()) {
      @Nullable DataSize now = Amounts.memory(container.getUsage());
      long bytes = now == null ? 0 : now.bytes();
      used += bytes;
      @Nullable DataSize limit =
          Containers.declared(pod.getSpec(), container.getName())
              .map(one -> one.getResources())
              .map(resources -> Amounts.memory(resources.getLimits()))
              .orElse(null);
      most += limit == null ? bytes : limit.bytes();
    }
    return new Use(pod, used, most);
  }

  private MemoryUser user(Use use, long total) {
    @Nullable Instant started =
        use.pod().getStatus() == null ? null : Times.parse(use.pod().getStatus().getStartTime());
    return new MemoryUser(
        use.pod().getMetadata().getName(),
        null,
        Owners.workload(use.pod(), cluster),
        null,
        null,
        new DataSize(use.used()),
        percent(use.used(), total),
        started == null ? null : Duration.between(started, now));
  }

  private static Percent percent(long part, long whole) {
    return new Percent(whole <= 0 ? 0 : 100.0 * part / whole);
  }
}
