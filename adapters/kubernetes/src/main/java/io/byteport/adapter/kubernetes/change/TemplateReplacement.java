package io.byteport.adapter.kubernetes.change;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Patch;
import io.byteport.adapter.kubernetes.mapping.TemplateRevision;
import io.byteport.adapter.kubernetes.mapping.Templates;
import io.byteport.adapter.kubernetes.mapping.WorkloadState;
import io.byteport.adapter.kubernetes.read.WorkloadReader;
import io.byteport.engine.spi.ActionException;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An earlier template for a workload. The server replaces it only if it is still the same object,
 * and nobody has changed what it wants since it was read: a deploy that comes in between is not
 * overwritten.
 */
record TemplateReplacement(WorkloadState workload, TemplateRevision target) {
  private static final String CHANGE_CAUSE = "kubernetes.io/change-cause";

  void send(ClusterApi api, boolean rehearse, Deadline deadline)
      throws ActionException, InterruptedException {
    api.changes()
        .patch(
            WorkloadReader.resource(workload.kind()),
            workload.metadata().getNamespace(),
            workload.metadata().getName(),
            null,
            Patch.json(operations()),
            rehearse,
            GenericKubernetesResource.class,
            deadline);
  }

  private List<Map<String, Object>> operations() {
    List<Map<String, Object>> operations = new ArrayList<>();
    operations.add(operation("test", "/metadata/uid", workload.uid()));
    operations.add(operation("test", "/metadata/generation", workload.generation()));
    operations.add(operation("replace", "/spec/template", Templates.json(target.template())));
    Map<String, String> annotations = workload.metadata().getAnnotations();
    if (annotations != null && !annotations.isEmpty()) {
      cause(annotations, operations);
    }
    return operations;
  }

  /** The reason for a template goes back with it; else the history would name the wrong deploy. */
  private void cause(Map<String, String> annotations, List<Map<String, Object>> operations) {
    String path = "/metadata/annotations/" + CHANGE_CAUSE.replace("/", "~1");
    if (target.changeCause() != null) {
      operations.add(operation("add", path, target.changeCause()));
    } else if (annotations.containsKey(CHANGE_CAUSE)) {
      operations.add(Map.of("op", "remove", "path", path));
    }
  }

  private static Map<String, Object> operation(String op, String path, Object value) {
    return Map.of("op", op, "path", path, "value", value);
  }
}
