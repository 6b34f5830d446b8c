package io.byteport.sim.kubernetes.scenario;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A node of the cluster.
 *
 * @param memory allocatable, as a Kubernetes quantity
 * @param conditions statuses of conditions that differ from a healthy node's, by condition type
 * @param taints as in {@code spec.taints}
 * @param readyAfter where Ready is not True: how long after the start it becomes so, empty for
 *     never
 */
public record NodeSpec(
    String name,
    String cpu,
    String memory,
    Map<String, String> labels,
    Map<String, String> conditions,
    ArrayNode taints,
    boolean unschedulable,
    Optional<Duration> readyAfter) {
  public NodeSpec {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    conditions = Collections.unmodifiableMap(new LinkedHashMap<>(conditions));
  }
}
