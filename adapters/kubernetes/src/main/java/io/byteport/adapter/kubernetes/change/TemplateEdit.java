package io.byteport.adapter.kubernetes.change;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Names;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.mapping.WorkloadState;
import io.byteport.adapter.kubernetes.read.WorkloadReader;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.fabric8.kubernetes.api.model.Container;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A strategic merge patch of one container in a workload's template, bound to the very object that
 * was looked at. Immutable.
 */
final class TemplateEdit {
  private static final Set<Resource> PATCHED =
      Set.of(Resource.DEPLOYMENTS, Resource.STATEFUL_SETS, Resource.DAEMON_SETS);

  private final WorkloadState workload;
  private final String container;
  private final Map<String, Object> fields;
  private final Map<String, String> annotations;

  /**
   * @param fields of the container, to be merged
   * @param annotations of the workload, to be set
   */
  TemplateEdit(
      WorkloadState workload,
      String container,
      Map<String, Object> fields,
      Map<String, String> annotations) {
    this.workload = workload;
    this.container = container;
    this.fields = Map.copyOf(fields);
    this.annotations = Map.copyOf(annotations);
  }

  /** Sends it, once. */
  void send(ClusterApi api, boolean rehearse, Deadline deadline)
      throws ActionException, InterruptedException {
    new WorkloadPatch(workload, spec(), annotations).send(api, rehearse, deadline);
  }

  /** Refuses the kinds whose template cannot be changed, or not to any effect. */
  static void checkKind(WorkloadState workload) throws ActionException {
    if (!PATCHED.contains(WorkloadReader.resource(workload.kind()))) {
      throw ActionException.refused(
          FailureKind.INVALID,
          "the template of "
              + workload
              + " cannot be changed; only that of a Deployment, a"
              + " StatefulSet or a DaemonSet can");
    }
  }

  /** The declared container of that name. */
  static Container container(WorkloadState workload, String name) throws ActionException {
    return io.byteport.adapter.kubernetes.mapping.Containers.declared(
            workload.template().getSpec(), name)
        .orElseThrow(
            () ->
                ActionException.refused(
                    FailureKind.NOT_FOUND,
                    workload + " has no container `" + Names.shown(name) + "`"));
  }

  private Map<String, Object> spec() {
    Map<String, Object> edited = new LinkedHashMap<>();
    edited.put("name", container);
    edited.putAll(fields);
    boolean initial =
        workload.template().getSpec().getInitContainers().stream()
            .anyMatch(one -> one.getName().equals(container));
    return Map.of(
        "template",
        Map.of("spec", Map.of(initial ? "initContainers" : "containers", List.of(edited))));
  }

  /** A patch of the pods' spec, as a patch of the workload. */
  static Map<String, Object> inTemplate(Map<String, Object> spec) {
    return Map.of("spec", Map.of("template", Map.of("spec", spec)));
  }
}
