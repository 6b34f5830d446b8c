package io.byteport.adapter.kubernetes.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A node as it is.
 *
 * @param ready false where the control plane does not know
 * @param requested by the pods on it
 * @param free allocatable less requested
 */
public record Node(
    @Nullable Cluster cluster,
    String name,
    boolean ready,
    @Nullable String readyMessage,
    boolean memoryPressure,
    boolean diskPressure,
    boolean pidPressure,
    boolean networkUnavailable,
    boolean unschedulable,
    String providerId,
    Map<String, String> labels,
    List<Taint> taints,
    List<Condition> conditions,
    Resources capacity,
    Resources allocatable,
    Resources requested,
    Resources free) {
  public Node {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    taints = List.copyOf(taints);
    conditions = List.copyOf(conditions);
  }
}
