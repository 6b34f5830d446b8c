package io.byteport.sim.kubernetes.scenario;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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
 * @param later how its conditions change after the start
 */
public record NodeSpec(
    String name,
    String cpu,
    String memory,
    Map<String, String> labels,
    Map<String, String> conditions,
    ArrayNode taints,
    boolean unschedulable,
    Optional<Duration> readyAfter,
    List<Turn> later) {

  /**
   * A change of conditions.
   *
   * @param after how long after the start
   * @param conditions statuses by condition type; the others stay
   */
  public record Turn(Duration after, Map<String, String> conditions) {
    public Turn {
      conditions = Collections.unmodifiableMap(new LinkedHashMap<>(conditions));
    }
  }

  public NodeSpec {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    conditions = Collections.unmodifiableMap(new LinkedHashMap<>(conditions));
    later = List.copyOf(later);
  }
}
