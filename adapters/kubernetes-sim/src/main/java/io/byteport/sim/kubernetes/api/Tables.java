package io.byteport.sim.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.ResourceType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Lists as kubectl prints them: columns and cells instead of objects. */
final class Tables {
  private Tables() {}

  static ObjectNode table(ResourceType type, List<ObjectNode> objects, Instant now) {
    ArrayNode columns = Json.array();
    for (String name : columns(type)) {
      columns.add(
          Json.object(
              "name",
              name,
              "type",
              "string",
              "format",
              name.equals("Name") ? "name" : "",
              "description",
              name,
              "priority",
              0));
    }
    ArrayNode rows = Json.array();
    for (ObjectNode object : objects) {
      ObjectNode partial =
          Json.object(
              "kind",
              "PartialObjectMetadata",
              "apiVersion",
              "meta.k8s.io/v1",
              "metadata",
              object.path("metadata"));
      rows.add(Json.object("cells", Json.array(cells(type, object, now)), "object", partial));
    }
    return Json.object(
        "kind",
        "Table",
        "apiVersion",
        "meta.k8s.io/v1",
        "metadata",
        Json.object(),
        "columnDefinitions",
        columns,
        "rows",
        rows);
  }

  private static List<String> columns(ResourceType type) {
    return switch (type.kind()) {
      case "Pod" -> List.of("Name", "Ready", "Status", "Restarts", "Age");
      case "Deployment" -> List.of("Name", "Ready", "Up-to-date", "Available", "Age");
      case "ReplicaSet" -> List.of("Name", "Desired", "Current", "Ready", "Age");
      case "StatefulSet" -> List.of("Name", "Ready", "Age");
      case "Node" -> List.of("Name", "Status", "Roles", "Age", "Version");
      case "Event" -> List.of("Last Seen", "Type", "Reason", "Object", "Message");
      case "Service" -> List.of("Name", "Type", "Cluster-IP", "Port(s)", "Age");
      case "HorizontalPodAutoscaler" ->
          List.of("Name", "Reference", "MinPods", "MaxPods", "Replicas", "Age");
      case "Certificate" -> List.of("Name", "Ready", "Secret", "Age");
      case "PodDisruptionBudget" ->
          List.of("Name", "Min available", "Max unavailable", "Allowed disruptions", "Age");
      default -> List.of("Name", "Age");
    };
  }

  private static List<Object> cells(ResourceType type, ObjectNode object, Instant now) {
    String name = Json.text(object, "metadata", "name");
    String age = age(Json.text(object, "metadata", "creationTimestamp"), now);
    JsonNode spec = object.path("spec");
    JsonNode status = object.path("status");
    return switch (type.kind()) {
      case "Pod" -> List.of(name, ready(object), phase(object), restarts(object), age);
      case "Deployment" ->
          List.of(
              name,
              count(status, "readyReplicas") + "/" + count(spec, "replicas"),
              count(status, "updatedReplicas"),
              count(status, "availableReplicas"),
              age);
      case "ReplicaSet" ->
          List.of(
              name,
              count(spec, "replicas"),
              count(status, "replicas"),
              count(status, "readyReplicas"),
              age);
      case "StatefulSet" ->
          List.of(name, count(status, "readyReplicas") + "/" + count(spec, "replicas"), age);
      case "Node" ->
          List.of(
              name,
              nodeStatus(object),
              "<none>",
              age,
              Json.text(status, "nodeInfo", "kubeletVersion"));
      case "Event" ->
          List.of(
              age(Json.text(object, "lastTimestamp"), now),
              Json.text(object, "type"),
              Json.text(object, "reason"),
              Json.text(object, "involvedObject", "kind").toLowerCase(java.util.Locale.ROOT)
                  + "/"
                  + Json.text(object, "involvedObject", "name"),
              Json.text(object, "message"));
      case "Service" ->
          List.of(
              name,
              Json.text(spec, "type"),
              Json.text(spec, "clusterIP"),
              Json.objects(spec, "ports").stream()
                  .map(p -> Json.text(p, "port") + "/" + Json.text(p, "protocol"))
                  .collect(Collectors.joining(",")),
              age);
      case "HorizontalPodAutoscaler" ->
          List.of(
              name,
              Json.text(spec, "scaleTargetRef", "kind")
                  + "/"
                  + Json.text(spec, "scaleTargetRef", "name"),
              count(spec, "minReplicas"),
              count(spec, "maxReplicas"),
              count(status, "currentReplicas"),
              age);
      case "Certificate" ->
          List.of(
              name,
              Json.objects(status, "conditions").stream()
                  .filter(c -> Json.text(c, "type").equals("Ready"))
                  .map(c -> Json.text(c, "status"))
                  .findFirst()
                  .orElse(""),
              Json.text(spec, "secretName"),
              age);
      case "PodDisruptionBudget" ->
          List.of(
              name,
              orNone(Json.text(spec, "minAvailable")),
              orNone(Json.text(spec, "maxUnavailable")),
              count(status, "disruptionsAllowed"),
              age);
      default -> List.of(name, age);
    };
  }

  private static String ready(JsonNode pod) {
    List<ObjectNode> statuses = Json.objects(pod, "status", "containerStatuses");
    long ready = statuses.stream().filter(s -> Json.flag(s, "ready")).count();
    return ready + "/" + Json.objects(pod, "spec", "containers").size();
  }

  private static String phase(JsonNode pod) {
    if (Json.has(pod, "metadata", "deletionTimestamp")) {
      return "Terminating";
    }
    Optional<String> initializing = initializing(pod);
    if (initializing.isPresent()) {
      return initializing.get();
    }
    for (JsonNode status : Json.at(pod, "status", "containerStatuses")) {
      String waiting = Json.text(status, "state", "waiting", "reason");
      String over = Json.text(status, "state", "terminated", "reason");
      if (!waiting.isEmpty() || !over.isEmpty()) {
        return waiting.isEmpty() ? over : waiting;
      }
    }
    return Json.text(pod, "status", "phase");
  }

  /** What kubectl shows of the init container that the others wait for. */
  private static Optional<String> initializing(JsonNode pod) {
    List<ObjectNode> statuses = Json.objects(pod, "status", "initContainerStatuses");
    for (int i = 0; i < statuses.size(); i++) {
      ObjectNode status = statuses.get(i);
      String waiting = Json.text(status, "state", "waiting", "reason");
      String over = Json.text(status, "state", "terminated", "reason");
      if (!waiting.isEmpty() && !waiting.equals("PodInitializing")) {
        return Optional.of("Init:" + waiting);
      }
      if (!over.equals("Completed")) {
        return Optional.of(over.isEmpty() ? "Init:" + i + "/" + statuses.size() : "Init:" + over);
      }
    }
    return Optional.empty();
  }

  private static int restarts(JsonNode pod) {
    return Json.objects(pod, "status", "containerStatuses").stream()
        .mapToInt(s -> Json.integer(s, 0, "restartCount"))
        .sum();
  }

  private static String nodeStatus(JsonNode node) {
    String ready = "NotReady";
    for (JsonNode condition : Json.at(node, "status", "conditions")) {
      if (Json.text(condition, "type").equals("Ready")
          && Json.text(condition, "status").equals("True")) {
        ready = "Ready";
      }
    }
    return Json.flag(node, "spec", "unschedulable") ? ready + ",SchedulingDisabled" : ready;
  }

  private static int count(JsonNode node, String field) {
    return Json.integer(node, 0, field);
  }

  private static String orNone(String text) {
    return text.isEmpty() ? "N/A" : text;
  }

  private static String age(String since, Instant now) {
    if (since.isEmpty()) {
      return "<unknown>";
    }
    Duration age = Duration.between(Instant.parse(since), now);
    if (age.toMinutes() < 2) {
      return age.toSeconds() + "s";
    }
    if (age.toHours() < 3) {
      return age.toMinutes() + "m";
    }
    return age.toDays() < 2 ? age.toHours() + "h" : age.toDays() + "d";
  }
}
