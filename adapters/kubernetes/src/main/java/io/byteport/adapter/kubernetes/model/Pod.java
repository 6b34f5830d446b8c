package io.byteport.adapter.kubernetes.model;

import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A pod as it is.
 *
 * @param restarts of all containers
 * @param container the one asked for; else the one that waits, else the one with most restarts
 * @param containers those of the pod, then its init containers
 * @param owner the direct one
 * @param requests of all containers, as the scheduler counts them
 * @param imagePullSecrets their names, those of its service account included
 * @param memoryLimit of {@code container}
 * @param memoryUsed the working set of {@code container}; null without metrics
 */
public record Pod(
    @Nullable Cluster cluster,
    String namespace,
    String name,
    String uid,
    PodPhase phase,
    @Nullable String reason,
    @Nullable String message,
    boolean ready,
    boolean scheduled,
    @Nullable NodeRef node,
    int restarts,
    Container container,
    List<Container> containers,
    @Nullable Owner owner,
    int priority,
    @Nullable String priorityClass,
    Resources requests,
    boolean requiresAntiAffinity,
    boolean deleting,
    List<String> imagePullSecrets,
    @Nullable DataSize memoryLimit,
    @Nullable DataSize memoryUsed,
    @Nullable Percent memoryUsedPercent,
    Map<String, String> labels,
    Map<String, String> annotations) {
  public Pod {
    containers = List.copyOf(containers);
    imagePullSecrets = List.copyOf(imagePullSecrets);
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
  }
}
