package io.byteport.engine.signal;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.action.ActionCatalogueLoader;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.spi.Inventory;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Small runbooks, read and checked as real ones are. */
public final class Runbooks {
  public static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  public static final Evaluator EVALUATOR = new Evaluator();

  private static final String CATALOGUE =
      """
      types:
        Cluster:
          key: [name]
          name: string
        Host:
          key: [name]
          name: string
          services: list<string>
          labels: map<string>
          standbyOf: Host?
        PodRef:
          key: [cluster, kind, namespace, name]
          cluster: Cluster?
          kind: enum(Pod) = Pod
          namespace: string
          name: string
        NodeRef:
          key: [cluster, kind, name]
          cluster: Cluster?
          kind: enum(Node) = Node
          name: string
        DeploymentRef:
          key: [cluster, kind, namespace, name]
          cluster: Cluster?
          kind: enum(Deployment) = Deployment
          namespace: string
          name: string
        ServiceRef:
          key: [cluster, namespace, name]
          cluster: Cluster?
          namespace: string?
          name: string
        FilesystemRef:
          key: [host, mount]
          host: Host
          mount: path
        Container:
          name: string
          waitingReason: string?
        Pod:
          is: PodRef
          ready: boolean
          restarts: integer
          startedAt: instant
          load: number?
          containers: list<Container>
      targets:
        pod: PodRef
        node: NodeRef
        deployment: DeploymentRef
        service: ServiceRef
        filesystem: FilesystemRef
      inventory:
        cluster: Cluster
        host: Host
      actions:
        kubectl.pods:
          doc: Pods
          effect: read
          inputs:
            cluster: Cluster
            namespace: string
          outputs:
            items: list<Pod>
          watch: { each: items, labels: [cluster, namespace, pod] }
          preview: kubectl get pods
        host.unit:
          doc: One unit
          effect: read
          finds: nullable
          inputs:
            host: Host!
            unit: string!
            timeout: duration = 3s
          outputs:
            name: string
            state: enum(active, failed)
            restarts: integer
          watch: { labels: [host, unit] }
          preview: systemctl show {unit}
      """;

  private static final String REST =
      """
      classify:
        rules:
          - class: broken
            when: 'true'
            confidence: 0.9
            because: It is broken
      remediate:
        broken:
          steps:
            - escalate: Somebody must look
        unknown:
          advice: Look
      summary: A summary
      escalate:
        to:
          mail: {}
      """;

  private Runbooks() {}

  static ActionCatalogue catalogue() {
    return value(ActionCatalogueLoader.load(List.of(new SourceFile("catalogue.yaml", CATALOGUE))));
  }

  /**
   * A runbook.
   *
   * @param metadata lines of the metadata beside the id and what every runbook needs
   * @param sections from the parameters to the target
   */
  static CheckedRunbook checked(String id, String metadata, String sections) {
    String text =
        """
        apiVersion: byteport.io/v1
        kind: Runbook
        metadata:
          id: %s
          title: A runbook
          category: tests
          severity: high
          status: shipped
          version: 1.2.3
        %s
        """
                .formatted(id, metadata.indent(2))
            + sections
            + REST;
    return value(new RunbookLoader(catalogue()).load(new SourceFile(id + ".runbook.yaml", text)));
  }

  /** A runbook whose parameters stand at their defaults. */
  static EnabledRunbook enabled(String id, String metadata, String sections) {
    CheckedRunbook runbook = checked(id, metadata, sections);
    return new EnabledRunbook(runbook, params(runbook, ParamSources.NONE));
  }

  public static EnabledRunbook enabled(String id, String sections) {
    return enabled(id, "", sections);
  }

  static StructValue params(CheckedRunbook runbook, ParamSources sources) {
    return switch (new ParamBinder(EVALUATOR, Inventory.EMPTY).bind(runbook, sources)) {
      case ParamBinding.Bound bound -> bound.params();
      case ParamBinding.Refused refused ->
          throw new AssertionError(String.valueOf(refused.problems()));
    };
  }

  static Signal signal(String type, Map<String, String> labels) {
    return signal(type, labels, Signal.Status.FIRING);
  }

  static Signal signal(String type, Map<String, String> labels, Signal.Status status) {
    return new Signal(
        type, "alertmanager", Signal.Severity.HIGH, status, labels, NOON, "93.5", "fp-1", null);
  }

  static Inventory inventory(Inventory.Entry... entries) {
    return new Inventory(List.of(entries));
  }

  static Inventory.Entry entry(String kind, String name, String... aliases) {
    return Inventory.Entry.of(kind, name, Map.of())
        .withAliases(List.of(aliases))
        .withNotes(Map.of("team", "web"), Map.of());
  }

  /** A pod as an adapter would tell of it. */
  static Value pod(String name, int restarts, boolean ready, String waitingReason) {
    Value waiting = waitingReason.isEmpty() ? Value.NULL : Value.of(waitingReason);
    return Value.of(
        Map.of(
            "namespace", Value.of("production"),
            "name", Value.of(name),
            "kind", Value.of("Pod"),
            "ready", Value.of(ready),
            "restarts", Value.of((double) restarts),
            "startedAt", Value.of(NOON),
            "containers",
                Value.of(
                    List.of(Value.of(Map.of("name", Value.of("app"), "waitingReason", waiting))))));
  }

  static <T> T value(Checked<T> checked) {
    return checked
        .value()
        .orElseThrow(() -> new AssertionError(String.valueOf(checked.diagnostics())));
  }
}
