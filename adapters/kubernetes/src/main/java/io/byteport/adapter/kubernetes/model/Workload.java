package io.byteport.adapter.kubernetes.model;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A workload as it is.
 *
 * @param replicas wanted
 * @param updatedReadyReplicas ready pods of the current revision; for a StatefulSet or DaemonSet in
 *     the middle of a rollout, the least that it can be
 * @param revisionAt when the current revision began to roll out
 * @param container the one asked for, else the first
 */
public record Workload(
    @Nullable Cluster cluster,
    WorkloadKind kind,
    String namespace,
    String name,
    int replicas,
    int readyReplicas,
    int updatedReplicas,
    int updatedReadyReplicas,
    Instant revisionAt,
    boolean available,
    boolean progressing,
    @Nullable String progressingReason,
    List<Condition> conditions,
    ContainerSpec container,
    Map<String, String> labels,
    Map<String, String> annotations) {
  public Workload {
    conditions = List.copyOf(conditions);
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
  }
}
