package io.byteport.adapter.kubernetes.read;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.api.Selection;
import io.byteport.engine.spi.ActionException;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetricsList;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What pods use, where the cluster measures it. Many clusters have no metrics API, or do not grant
 * it, or it is down for a while; then nothing is known, which is no failure of a read that is about
 * something else.
 */
final class Metrics {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private Metrics() {}

  /** What one pod uses; null where that is not known. */
  static @Nullable PodMetrics of(ClusterApi api, String namespace, String pod, Deadline deadline)
      throws InterruptedException {
    try {
      return api.get(
          Resource.POD_METRICS, namespace, pod, PodMetrics.class, deadline.atMost(PATIENCE));
    } catch (ActionException unknown) {
      return null;
    }
  }

  /** As {@link #all}, for an answer that is nothing without it. */
  static Map<String, PodMetrics> required(
      ClusterApi api, @Nullable String namespace, Deadline deadline)
      throws ActionException, InterruptedException {
    Map<String, PodMetrics> metrics = new HashMap<>();
    api.<PodMetrics, PodMetricsList>each(
        Resource.POD_METRICS,
        namespace,
        Selection.ALL,
        PodMetricsList.class,
        deadline,
        one ->
            metrics.put(one.getMetadata().getNamespace() + "/" + one.getMetadata().getName(), one));
    return Collections.unmodifiableMap(metrics);
  }

  /** What pods use, by namespace and name with a slash between; empty where that is not known. */
  static Map<String, PodMetrics> all(ClusterApi api, @Nullable String namespace, Deadline deadline)
      throws InterruptedException {
    try {
      return required(api, namespace, deadline.atMost(PATIENCE));
    } catch (ActionException unknown) {
      return Map.of();
    }
  }
}
