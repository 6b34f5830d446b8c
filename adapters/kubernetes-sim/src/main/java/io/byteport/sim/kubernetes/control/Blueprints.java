package io.byteport.sim.kubernetes.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.scenario.BudgetSpec;
import io.byteport.sim.kubernetes.scenario.ContainerSpec;
import io.byteport.sim.kubernetes.scenario.EnvSpec;
import io.byteport.sim.kubernetes.scenario.NodeSpec;
import io.byteport.sim.kubernetes.scenario.ProbeSpec;
import io.byteport.sim.kubernetes.scenario.ServiceSpec;
import io.byteport.sim.kubernetes.scenario.WorkloadSpec;
import io.byteport.sim.kubernetes.store.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The objects that a scenario's short forms stand for. */
final class Blueprints {
  private Blueprints() {}

  static ObjectNode node(NodeSpec spec, Instant now) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("kubernetes.io/hostname", spec.name());
    labels.put("kubernetes.io/os", "linux");
    labels.put("kubernetes.io/arch", "amd64");
    labels.putAll(spec.labels());
    ObjectNode node =
        Json.object(
            "apiVersion",
            "v1",
            "kind",
            "Node",
            "metadata",
            Json.object("name", spec.name(), "labels", labels),
            "spec",
            Json.object());
    ObjectNode nodeSpec = Json.child(node, "spec");
    if (!spec.taints().isEmpty()) {
      nodeSpec.set("taints", spec.taints().deepCopy());
    }
    if (spec.unschedulable()) {
      nodeSpec.put("unschedulable", true);
    }
    ObjectNode size = Json.object("cpu", spec.cpu(), "memory", spec.memory(), "pods", "110");
    ObjectNode status = Json.child(node, "status");
    status.set("capacity", size.deepCopy());
    status.set("allocatable", size);
    status.set(
        "nodeInfo",
        Json.object(
            "kubeletVersion",
            "v1.32.0",
            "osImage",
            "Simulated",
            "containerRuntimeVersion",
            "containerd://2.0.0",
            "operatingSystem",
            "linux",
            "architecture",
            "amd64",
            "kernelVersion",
            "6.1.0",
            "machineID",
            spec.name(),
            "systemUUID",
            spec.name(),
            "bootID",
            spec.name(),
            "kubeProxyVersion",
            ""));
    status.set("addresses", Json.array(Json.object("type", "Hostname", "address", spec.name())));
    condition(status, spec, "MemoryPressure", "False", now);
    condition(status, spec, "DiskPressure", "False", now);
    condition(status, spec, "PIDPressure", "False", now);
    condition(status, spec, "Ready", "True", now);
    return node;
  }

  private static void condition(
      ObjectNode status, NodeSpec spec, String type, String usual, Instant now) {
    setNodeCondition(status, type, spec.conditions().getOrDefault(type, usual), now);
  }

  /** Sets a node condition with the reason and message that the kubelet gives. */
  static void setNodeCondition(ObjectNode status, String type, String value, Instant now) {
    boolean yes = value.equals("True");
    String name = type.replace("Pressure", "");
    String reason;
    String message;
    if (type.equals("Ready")) {
      reason =
          yes ? "KubeletReady" : value.equals("False") ? "KubeletNotReady" : "NodeStatusUnknown";
      message =
          yes
              ? "kubelet is posting ready status"
              : value.equals("False")
                  ? "container runtime is down"
                  : "Kubelet stopped posting node status.";
    } else {
      String lack = name.equals("Memory") ? "InsufficientMemory" : "Pressure";
      reason =
          "Kubelet"
              + (yes
                  ? "Has" + lack
                  : name.equals("Memory") ? "HasSufficientMemory" : "HasNo" + name + "Pressure");
      message =
          "kubelet has "
              + (yes ? "insufficient " : "sufficient ")
              + name.toLowerCase(java.util.Locale.ROOT)
              + " available";
    }
    Conditions.set(status, type, value, reason, message, now);
  }

  static ObjectNode workload(WorkloadSpec spec, String image, Optional<String> changeCause) {
    Map<String, String> annotations = new LinkedHashMap<>(spec.annotations());
    changeCause.ifPresent(c -> annotations.put("kubernetes.io/change-cause", c));
    ObjectNode metadata =
        Json.object("name", spec.name(), "namespace", spec.namespace(), "labels", labels(spec));
    boolean pod = spec.kind().equals("Pod");
    if (pod) {
      annotations.putAll(spec.podAnnotations());
    }
    if (!annotations.isEmpty()) {
      metadata.set("annotations", Json.tree(annotations));
    }
    ObjectNode podSpec = podSpec(spec, image);
    ObjectNode object =
        Json.object(
            "apiVersion",
            pod ? "v1" : "apps/v1",
            "kind",
            spec.kind(),
            "metadata",
            metadata,
            "spec",
            pod ? podSpec : workloadSpec(spec, podSpec));
    return object;
  }

  /** What selects the pods of a workload. */
  static ObjectNode selector(String workload) {
    return Json.object("app", workload);
  }

  private static ObjectNode labels(WorkloadSpec spec) {
    ObjectNode labels = selector(spec.name());
    spec.labels().forEach(labels::put);
    return labels;
  }

  private static ObjectNode workloadSpec(WorkloadSpec spec, ObjectNode podSpec) {
    ObjectNode template =
        Json.object("metadata", Json.object("labels", labels(spec)), "spec", podSpec);
    if (!spec.podAnnotations().isEmpty()) {
      Json.child(template, "metadata").set("annotations", Json.tree(spec.podAnnotations()));
    }
    ObjectNode body =
        Json.object(
            "selector", Json.object("matchLabels", selector(spec.name())), "template", template);
    switch (spec.kind()) {
      case "Deployment" -> {
        body.put("replicas", spec.replicas());
        ObjectNode rolling = Json.object("maxSurge", 1, "maxUnavailable", 0);
        body.set("strategy", Json.object("type", "RollingUpdate", "rollingUpdate", rolling));
        spec.progressDeadline()
            .ifPresent(d -> body.put("progressDeadlineSeconds", (int) d.toSeconds()));
      }
      case "StatefulSet" -> body.put("replicas", spec.replicas()).put("serviceName", spec.name());
      default -> {}
    }
    spec.historyLimit().ifPresent(l -> body.put("revisionHistoryLimit", l));
    return body;
  }

  private static ObjectNode podSpec(WorkloadSpec spec, String image) {
    ArrayNode containers = Json.array();
    for (int i = 0; i < spec.containers().size(); i++) {
      ContainerSpec container = spec.containers().get(i);
      containers.add(container(container, i == 0 ? image : container.image()));
    }
    ObjectNode podSpec = Json.object("containers", containers);
    if (!spec.initContainers().isEmpty()) {
      ArrayNode first = Json.array();
      spec.initContainers().forEach(one -> first.add(container(one, one.image())));
      podSpec.set("initContainers", first);
    }
    if (!spec.nodeSelector().isEmpty()) {
      podSpec.set("nodeSelector", Json.tree(spec.nodeSelector()));
    }
    if (spec.apart()) {
      ObjectNode rule =
          Json.object(
              "labelSelector",
              Json.object("matchLabels", Json.tree(labels(spec))),
              "topologyKey",
              "kubernetes.io/hostname");
      podSpec.set(
          "affinity",
          Json.object(
              "podAntiAffinity",
              Json.object("requiredDuringSchedulingIgnoredDuringExecution", Json.array(rule))));
    }
    spec.priority().ifPresent(p -> podSpec.put("priority", p));
    if (!spec.imagePullSecrets().isEmpty()) {
      ArrayNode secrets = Json.array();
      spec.imagePullSecrets().forEach(name -> secrets.add(Json.object("name", name)));
      podSpec.set("imagePullSecrets", secrets);
    }
    return podSpec;
  }

  private static ObjectNode container(ContainerSpec spec, String image) {
    ObjectNode container = Json.object("name", spec.name(), "image", image);
    if (spec.port() > 0) {
      container.set("ports", Json.array(Json.object("containerPort", spec.port())));
    }
    ArrayNode env = Json.array();
    ArrayNode envFrom = Json.array();
    for (EnvSpec each : spec.env()) {
      switch (each) {
        case EnvSpec.Value v -> env.add(Json.object("name", v.name(), "value", v.value()));
        case EnvSpec.SecretKey s ->
            env.add(reference(s.name(), "secretKeyRef", s.secret(), s.key()));
        case EnvSpec.ConfigMapKey c ->
            env.add(reference(c.name(), "configMapKeyRef", c.configMap(), c.key()));
        case EnvSpec.AllOfSecret s ->
            envFrom.add(Json.object("secretRef", Json.object("name", s.secret())));
        case EnvSpec.AllOfConfigMap c ->
            envFrom.add(Json.object("configMapRef", Json.object("name", c.configMap())));
      }
    }
    if (!env.isEmpty()) {
      container.set("env", env);
    }
    if (!envFrom.isEmpty()) {
      container.set("envFrom", envFrom);
    }
    ObjectNode resources = Json.child(container, "resources");
    spec.memoryLimit().ifPresent(v -> Json.child(resources, "limits").put("memory", v));
    spec.cpuLimit().ifPresent(v -> Json.child(resources, "limits").put("cpu", v));
    spec.memoryRequest().ifPresent(v -> Json.child(resources, "requests").put("memory", v));
    spec.cpuRequest().ifPresent(v -> Json.child(resources, "requests").put("cpu", v));
    spec.livenessProbe().ifPresent(p -> container.set("livenessProbe", probe(p)));
    spec.readinessProbe().ifPresent(p -> container.set("readinessProbe", probe(p)));
    spec.startupProbe().ifPresent(p -> container.set("startupProbe", probe(p)));
    return container;
  }

  private static ObjectNode reference(String variable, String kind, String name, String key) {
    return Json.object(
        "name", variable, "valueFrom", Json.object(kind, Json.object("name", name, "key", key)));
  }

  private static ObjectNode probe(ProbeSpec spec) {
    ObjectNode probe =
        Json.object(
            "httpGet", Json.object("path", spec.path(), "port", spec.port(), "scheme", "HTTP"));
    if (!spec.initialDelay().isZero()) {
      probe.put("initialDelaySeconds", (int) spec.initialDelay().toSeconds());
    }
    return probe
        .put("periodSeconds", (int) spec.period().toSeconds())
        .put("timeoutSeconds", (int) spec.timeout().toSeconds())
        .put("failureThreshold", spec.failureThreshold());
  }

  static ObjectNode service(ServiceSpec spec) {
    return Json.object(
        "metadata",
        Json.object("name", spec.name(), "namespace", spec.namespace()),
        "spec",
        Json.object(
            "selector",
            selector(spec.workload()),
            "clusterIP",
            "10.96.0." + (1 + Math.floorMod(spec.name().hashCode(), 250)),
            "ports",
            Json.array(
                Json.object(
                    "port", spec.port(), "targetPort", spec.targetPort(), "protocol", "TCP"))));
  }

  static ObjectNode budget(BudgetSpec spec) {
    ObjectNode body =
        Json.object("selector", Json.object("matchLabels", selector(spec.workload())));
    spec.minAvailable().ifPresent(v -> bound(body, "minAvailable", v));
    spec.maxUnavailable().ifPresent(v -> bound(body, "maxUnavailable", v));
    return Json.object(
        "metadata", Json.object("name", spec.name(), "namespace", spec.namespace()), "spec", body);
  }

  private static void bound(ObjectNode body, String name, String value) {
    if (value.endsWith("%")) {
      body.put(name, value);
    } else {
      body.put(name, Integer.parseInt(value));
    }
  }
}
