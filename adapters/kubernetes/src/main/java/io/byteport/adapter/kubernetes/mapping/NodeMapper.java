package io.byteport.adapter.kubernetes.mapping;

import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.Condition;
import io.byteport.adapter.kubernetes.model.Node;
import io.byteport.adapter.kubernetes.model.Resources;
import io.byteport.adapter.kubernetes.model.Taint;
import io.byteport.adapter.kubernetes.model.TaintEffect;
import io.fabric8.kubernetes.api.model.NodeSpec;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node of the API as the catalogue's. */
public final class NodeMapper {

  private NodeMapper() {}

  /**
   * @param requested what the pods on it have reserved
   */
  public static Node map(
      io.fabric8.kubernetes.api.model.Node node, Resources requested, @Nullable Cluster cluster) {
    NodeSpec spec = node.getSpec() == null ? new NodeSpec() : node.getSpec();
    NodeStatus status = node.getStatus() == null ? new NodeStatus() : node.getStatus();
    Instant created = Times.created(node);
    List<Condition> conditions =
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
            .toList();
    Resources allocatable = Amounts.resources(status.getAllocatable());
    return new Node(
        cluster,
        node.getMetadata().getName(),
        ConditionMapper.holds(conditions, "Ready"),
        ConditionMapper.find(conditions, "Ready").map(Condition::message).orElse(null),
        ConditionMapper.holds(conditions, "MemoryPressure"),
        ConditionMapper.holds(conditions, "DiskPressure"),
        ConditionMapper.holds(conditions, "PIDPressure"),
        ConditionMapper.holds(conditions, "NetworkUnavailable"),
        Boolean.TRUE.equals(spec.getUnschedulable()),
        spec.getProviderID() == null ? "" : spec.getProviderID(),
        PodMapper.labels(node),
        spec.getTaints().stream().map(NodeMapper::taint).toList(),
        conditions,
        Amounts.resources(status.getCapacity()),
        allocatable,
        requested,
        allocatable.minus(requested));
  }

  /** What a pod has reserved on its node; nothing once it is at its end. */
  public static Resources reserved(Pod pod) {
    return PodMapper.isUnfinished(pod) ? PodMapper.requests(pod.getSpec()) : Resources.NONE;
  }

  /** A taint of the API as the catalogue's. */
  public static Taint taint(io.fabric8.kubernetes.api.model.Taint taint) {
    String value = taint.getValue();
    return new Taint(
        taint.getKey(), value == null || value.isEmpty() ? null : value, effect(taint.getEffect()));
  }

  private static TaintEffect effect(String effect) {
    return switch (effect) {
      case "NoExecute" -> TaintEffect.NO_EXECUTE;
      case "PreferNoSchedule" -> TaintEffect.PREFER_NO_SCHEDULE;
      default -> TaintEffect.NO_SCHEDULE;
    };
  }
}
