package io.byteport.sim.kubernetes.api;

import static io.byteport.sim.kubernetes.store.ResourceCatalogue.PODS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.Quantity;
import io.byteport.sim.kubernetes.store.ResourceType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Refuses objects that a real API server refuses, where a client is likely to try. */
final class Validation {
  private static final List<String> PROBE_NUMBERS =
      List.of(
          "initialDelaySeconds",
          "timeoutSeconds",
          "periodSeconds",
          "successThreshold",
          "failureThreshold");

  private final List<String> problems = new ArrayList<>();

  private Validation() {}

  /**
   * Checks an object that is about to be stored.
   *
   * @param before what it replaces, if anything
   * @throws ApiException 422 naming every invalid field, 400 for a malformed quantity
   */
  static void check(ResourceType type, Optional<ObjectNode> before, ObjectNode object) {
    Validation validation = new Validation();
    String name = Json.text(object, "metadata", "name");
    if (!name.matches("[a-z0-9]([-a-z0-9.:]*[a-z0-9])?") || name.length() > 253) {
      validation.problems.add(
          "metadata.name: Invalid value: \""
              + name
              + "\": a lowercase RFC 1123 subdomain must"
              + " consist of lower case alphanumeric characters, '-' or '.'");
    }
    switch (type.kind()) {
      case "Pod" -> validation.pod("spec", object.path("spec"));
      case "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet" ->
          validation.workload(object, before);
      case "Node", "Namespace", "Service", "ConfigMap", "Secret" -> {}
      default -> {}
    }
    if (type.equals(PODS)) {
      before.ifPresent(b -> validation.unchangedPod(b, object));
    }
    if (!validation.problems.isEmpty()) {
      throw ApiException.invalid(type, name, validation.problems);
    }
  }

  private void workload(ObjectNode object, Optional<ObjectNode> before) {
    JsonNode spec = object.path("spec");
    if (spec.path("replicas").asInt(0) < 0) {
      problems.add(
          "spec.replicas: Invalid value: %d: must be greater than or equal to 0"
              .formatted(spec.path("replicas").asInt()));
    }
    if (!Json.has(spec, "selector")) {
      problems.add("spec.selector: Required value");
    }
    Map<String, String> labels = Json.map(spec, "template", "metadata", "labels");
    if (!labels.entrySet().containsAll(Json.map(spec, "selector", "matchLabels").entrySet())) {
      problems.add(
          "spec.template.metadata.labels: Invalid value: %s: `selector` does not match template `labels`"
              .formatted(Json.at(spec, "template", "metadata", "labels")));
    }
    before.ifPresent(
        b -> {
          if (!Json.at(b, "spec", "selector").equals(spec.path("selector"))) {
            problems.add(
                "spec.selector: Invalid value: %s: field is immutable"
                    .formatted(spec.path("selector")));
          }
        });
    pod("spec.template.spec", Json.at(spec, "template", "spec"));
  }

  private void pod(String path, JsonNode spec) {
    List<ObjectNode> containers = Json.objects(spec, "containers");
    if (containers.isEmpty()) {
      problems.add(path + ".containers: Required value");
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < containers.size(); i++) {
      String at = path + ".containers[" + i + "]";
      ObjectNode container = containers.get(i);
      String name = Json.text(container, "name");
      if (name.isEmpty()) {
        problems.add(at + ".name: Required value");
      } else if (!names.add(name)) {
        problems.add(at + ".name: Duplicate value: \"" + name + "\"");
      }
      if (Json.text(container, "image").isEmpty()) {
        problems.add(at + ".image: Required value");
      }
      resources(at + ".resources", container.path("resources"));
      for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
        probe(at + "." + probe, container.path(probe));
      }
    }
  }

  private void probe(String path, JsonNode probe) {
    for (String field : PROBE_NUMBERS) {
      if (probe.path(field).asInt(0) < 0) {
        problems.add(
            "%s.%s: Invalid value: %d: must be greater than or equal to 0"
                .formatted(path, field, probe.path(field).asInt()));
      }
    }
  }

  private void resources(String path, JsonNode resources) {
    for (String part : List.of("limits", "requests")) {
      Json.map(resources, part)
          .forEach(
              (resource, text) -> {
                if (quantity(text).signum() < 0) {
                  problems.add(
                      "%s.%s[%s]: Invalid value: \"%s\": must be greater than or equal to 0"
                          .formatted(path, part, resource, text));
                }
              });
    }
    Map<String, String> limits = Json.map(resources, "limits");
    Json.map(resources, "requests")
        .forEach(
            (resource, text) -> {
              String limit = limits.getOrDefault(resource, "");
              if (!limit.isEmpty() && quantity(text).compareTo(quantity(limit)) > 0) {
                problems.add(
                    "%s.requests: Invalid value: \"%s\": must be less than or equal to %s limit of %s"
                        .formatted(path, text, resource, limit));
              }
            });
  }

  private static BigDecimal quantity(String text) {
    try {
      return Quantity.parse(text);
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private void unchangedPod(ObjectNode before, ObjectNode after) {
    if (!fixedPart(before).equals(fixedPart(after))) {
      problems.add(
          "spec: Forbidden: pod updates may not change fields other than"
              + " `spec.containers[*].image`,`spec.initContainers[*].image`,"
              + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing"
              + " tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it"
              + " was previously negative)");
    }
  }

  private static JsonNode fixedPart(ObjectNode pod) {
    ObjectNode spec = Json.child(pod.deepCopy(), "spec");
    spec.remove(List.of("tolerations", "activeDeadlineSeconds", "terminationGracePeriodSeconds"));
    Json.objects(spec, "containers").forEach(c -> c.remove("image"));
    Json.objects(spec, "initContainers").forEach(c -> c.remove("image"));
    return spec;
  }
}
