package io.byteport.adapter.kubernetes;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A small cluster, and an input for every action that it would take there. */
final class Samples {
  static final String SCENARIO =
      """
      nodes: [ { name: worker-1, unschedulable: false, taints: [ { key: gpu, effect: PreferNoSchedule } ] } ]
      workloads:
        - name: api
          namespace: production
          image: "api:2"
          memoryLimit: 256Mi
          memoryUsed: 100Mi
          livenessProbe: {}
          history: [ { image: "api:1", age: 48h } ]
      customResources:
        - { group: cert-manager.io, version: v1, kind: Certificate, plural: certificates }
      objects:
        - { apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: { name: high }, value: 1 }
        - apiVersion: v1
          kind: Secret
          metadata: { name: token, namespace: production }
          data: { token: YQ== }
        - apiVersion: v1
          kind: PersistentVolumeClaim
          metadata: { name: data, namespace: production }
          spec: {}
      """;

  private Samples() {}

  /** An input of every action that it would take; the texts in it are replaced one by one. */
  static Map<String, StructValue> of(Rig rig, Path folder) {
    StructValue pod = rig.anyPod();
    StructValue api = Rig.workload("Deployment", "api");
    StructValue node = Rig.node("worker-1");
    StructValue object = Rig.struct("kind", "Deployment", "namespace", "production", "name", "api");
    Map<String, StructValue> all = new LinkedHashMap<>();
    for (Action<?, ?> action : rig.adapter.actions()) {
      List<Object> with = new ArrayList<>();
      for (ActionDescription.Input input :
          Rig.CATALOGUE.action(action.name()).orElseThrow().inputs().values()) {
        @Nullable Object value =
            switch (input.name()) {
              case "pod" -> pod;
              case "workload" -> api;
              case "node" -> input.type().toString().equals("string") ? "worker-1" : node;
              case "object" -> object;
              case "container" -> "api";
              case "namespace" -> "production";
              case "name" -> name(action.name());
              case "labels", "annotations" -> Rig.struct("tier", "web");
              case "names" -> "POOL";
              case "pods" -> List.of(pod);
              case "limit" -> new DataSize(300L << 20);
              case "probe" -> "liveness";
              case "initialDelay" -> Duration.ofSeconds(5);
              case "priorityClass" -> "high";
              case "toRevision" -> 1;
              case "replicas" -> 2;
              case "key" -> "gpu";
              case "paths" -> Rig.struct("phase", ".status.phase");
              case "kind" -> "Secret";
              case "domain" -> "shop.example.com";
              case "root" -> folder.resolve("backups").toString();
              case "as" -> "token.json";
              case "backup" -> folder.resolve("none.json").toString();
              case "spare" -> List.of("StatefulSet");
              default -> null;
            };
        if (value != null) {
          with.add(input.name());
          with.add(value);
        }
      }
      all.put(action.name(), Rig.with(action.name(), with.toArray()));
    }
    // Given both, only one of two references is asked for.
    all.put("kubectl.pods", Rig.with("kubectl.pods", "workload", api));
    all.put("kubectl.pods of a node", Rig.with("kubectl.pods", "node", node));
    all.put(
        "kubectl.disruptionBudgets of a node", Rig.with("kubectl.disruptionBudgets", "node", node));
    all.put(
        "kubectl.disruptionBudgets", Rig.with("kubectl.disruptionBudgets", "budgets", budgets()));
    return all;
  }

  /** The action that a sample is of. */
  static Action<?, ?> action(Rig rig, String sample) {
    return rig.action(sample.split(" ")[0]);
  }

  private static String name(String action) {
    return switch (action) {
      case "kubectl.namespace" -> "production";
      case "kubectl.volumeClaim" -> "data";
      default -> "token";
    };
  }

  private static List<StructValue> budgets() {
    return List.of(
        Rig.struct(
            "namespace",
            "production",
            "name",
            "api",
            "currentHealthy",
            1,
            "desiredHealthy",
            1,
            "disruptionsAllowed",
            0,
            "pods",
            List.of()));
  }
}
