package io.byteport.sim.kubernetes.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Json;
import java.util.ArrayList;
import java.util.List;

/** The fields that an API server fills in where the client left them out. */
public final class Defaults {
  private Defaults() {}

  /** Completes an object that is about to be stored. */
  public static void apply(ObjectNode object) {
    Json.removeNulls(object);
    ObjectNode spec = Json.child(object, "spec");
    switch (Json.text(object, "kind")) {
      case "Pod" -> pod(spec);
      case "Deployment" -> {
        put(spec, "replicas", 1);
        put(spec, "revisionHistoryLimit", 10);
        put(spec, "progressDeadlineSeconds", 600);
        ObjectNode strategy = Json.child(spec, "strategy");
        put(strategy, "type", "RollingUpdate");
        if (Json.text(strategy, "type").equals("RollingUpdate")) {
          ObjectNode rolling = Json.child(strategy, "rollingUpdate");
          put(rolling, "maxSurge", "25%");
          put(rolling, "maxUnavailable", "25%");
        }
        template(spec);
      }
      case "ReplicaSet" -> {
        put(spec, "replicas", 1);
        template(spec);
      }
      case "StatefulSet" -> {
        put(spec, "replicas", 1);
        put(spec, "revisionHistoryLimit", 10);
        put(spec, "podManagementPolicy", "OrderedReady");
        put(Json.child(spec, "updateStrategy"), "type", "RollingUpdate");
        template(spec);
      }
      case "DaemonSet" -> {
        put(spec, "revisionHistoryLimit", 10);
        put(Json.child(spec, "updateStrategy"), "type", "RollingUpdate");
        template(spec);
      }
      case "Node" -> {
        // What is false is not told.
        if (!Json.flag(spec, "unschedulable")) {
          spec.remove("unschedulable");
        }
      }
      case "Service" -> {
        put(spec, "type", "ClusterIP");
        for (ObjectNode port : Json.objects(spec, "ports")) {
          put(port, "protocol", "TCP");
          put(port, "targetPort", Json.integer(port, 0, "port"));
        }
      }
      default -> {
        if (spec.isEmpty()) {
          object.remove("spec");
        }
      }
    }
  }

  private static void template(ObjectNode spec) {
    pod(Json.child(spec, "template", "spec"));
  }

  private static void pod(ObjectNode spec) {
    put(spec, "restartPolicy", "Always");
    put(spec, "terminationGracePeriodSeconds", 30);
    put(spec, "dnsPolicy", "ClusterFirst");
    put(spec, "schedulerName", "default-scheduler");
    Json.child(spec, "securityContext");
    List<ObjectNode> containers = new ArrayList<>(Json.objects(spec, "containers"));
    containers.addAll(Json.objects(spec, "initContainers"));
    for (ObjectNode container : containers) {
      put(container, "imagePullPolicy", pullPolicy(Json.text(container, "image")));
      put(container, "terminationMessagePath", "/dev/termination-log");
      put(container, "terminationMessagePolicy", "File");
      ObjectNode resources = Json.child(container, "resources");
      if (resources.get("limits") instanceof ObjectNode limits) {
        ObjectNode requests = Json.child(resources, "requests");
        limits.properties().forEach(e -> put(requests, e.getKey(), e.getValue()));
      }
      for (ObjectNode port : Json.objects(container, "ports")) {
        put(port, "protocol", "TCP");
      }
      for (String name : new String[] {"livenessProbe", "readinessProbe", "startupProbe"}) {
        if (container.get(name) instanceof ObjectNode probe) {
          put(probe, "timeoutSeconds", 1);
          put(probe, "periodSeconds", 10);
          put(probe, "successThreshold", 1);
          put(probe, "failureThreshold", 3);
        }
      }
    }
  }

  private static String pullPolicy(String image) {
    boolean tagged = image.substring(image.lastIndexOf('/') + 1).contains(":");
    return !tagged || image.endsWith(":latest") ? "Always" : "IfNotPresent";
  }

  private static void put(ObjectNode node, String name, Object value) {
    JsonNode present = node.get(name);
    if (present == null || present.isNull()) {
      node.set(name, Json.tree(value));
    }
  }
}
