package io.byteport.sim.kubernetes.scenario;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A namespace of the cluster. */
public record NamespaceSpec(
    String name, Map<String, String> labels, Map<String, String> annotations) {
  public NamespaceSpec {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
  }
}
