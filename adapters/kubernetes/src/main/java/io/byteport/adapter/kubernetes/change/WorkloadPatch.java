package io.byteport.adapter.kubernetes.change;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Patch;
import io.byteport.adapter.kubernetes.mapping.WorkloadState;
import io.byteport.adapter.kubernetes.read.WorkloadReader;
import io.byteport.engine.spi.ActionException;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A strategic merge patch of a workload. The server refuses it if the workload was deleted and made
 * anew meanwhile: that is another one, whatever its name.
 *
 * @param spec what to merge into its specification
 * @param annotations to be set
 */
record WorkloadPatch(
    WorkloadState workload, Map<String, Object> spec, Map<String, String> annotations) {
  WorkloadPatch {
    spec = Collections.unmodifiableMap(new LinkedHashMap<>(spec));
    annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
  }

  /** Sends it, once; what the workload is like then. */
  GenericKubernetesResource send(ClusterApi api, boolean rehearse, Deadline deadline)
      throws ActionException, InterruptedException {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("uid", workload.uid());
    if (!annotations.isEmpty()) {
      metadata.put("annotations", annotations);
    }
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("metadata", metadata);
    content.put("spec", spec);
    return api.changes()
        .patch(
            WorkloadReader.resource(workload.kind()),
            workload.metadata().getNamespace(),
            workload.metadata().getName(),
            null,
            Patch.strategic(content),
            rehearse,
            GenericKubernetesResource.class,
            deadline);
  }
}
