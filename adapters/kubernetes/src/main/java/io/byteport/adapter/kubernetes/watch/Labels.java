package io.byteport.adapter.kubernetes.watch;

import io.byteport.adapter.kubernetes.model.Cluster;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The labels of a signal, as they are put together; what is not known has no label. */
final class Labels {
  private final Map<String, String> labels = new LinkedHashMap<>();

  /** Starts with the cluster, which is named only where there are several. */
  static Labels of(@Nullable Cluster cluster) {
    return new Labels().and("cluster", cluster == null ? null : cluster.name());
  }

  Labels and(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      labels.put(name, value);
    }
    return this;
  }

  Map<String, String> map() {
    return Collections.unmodifiableMap(labels);
  }
}
