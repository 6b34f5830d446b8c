package io.byteport.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.kubernetes.model.Autoscaler;
import io.byteport.adapter.kubernetes.model.Budget;
import io.byteport.adapter.kubernetes.model.Certificate;
import io.byteport.adapter.kubernetes.model.Deploy;
import io.byteport.adapter.kubernetes.model.EnvironmentVariable;
import io.byteport.adapter.kubernetes.model.Memory;
import io.byteport.adapter.kubernetes.model.MemoryUser;
import io.byteport.adapter.kubernetes.model.Service;
import io.byteport.adapter.kubernetes.model.Workload;
import io.byteport.adapter.kubernetes.model.WorkloadKind;
import io.byteport.adapter.kubernetes.model.WorkloadRef;
import io.byteport.adapter.kubernetes.read.CountReplacements;
import io.byteport.adapter.kubernetes.read.ListDisruptionBudgets;
import io.byteport.adapter.kubernetes.read.ListNames;
import io.byteport.adapter.kubernetes.read.ListServicesOf;
import io.byteport.adapter.kubernetes.read.ReadEnvironment;
import io.byteport.adapter.kubernetes.read.ReadObject;
import io.byteport.adapter.kubernetes.read.ReadVolumeClaim;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.RecordMismatchException;
import io.byteport.sim.kubernetes.api.RecordedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class SurveyTest {
  private static final StructValue API = Rig.workload("Deployment", "api");
  private static final String SHOP =
      """
      nodes: [ { name: worker-1, memory: 8Gi }, { name: worker-2, unschedulable: true } ]
      workloads:
        - name: api
          namespace: production
          image: "api:2"
          replicas: 2
          memoryLimit: 512Mi
          memoryUsed: 256Mi
          labels: { byteport.io/db-application: shop, tier: web }
          changeCause: "release 2 https://git.example.com/shop/commit/4f2a9c1d77"
          history: [ { image: "api:1", changeCause: release 1, age: 48h } ]
          env:
            - { name: POOL_SIZE, value: "20" }
            - { name: DB_PASSWORD, secret: db, key: password }
            - { name: HIKARI_TOKEN, value: "not to be seen" }
            - { name: POOL_MODE, configMap: settings, key: mode }
          envFrom: [ { configMap: settings }, { secret: db } ]
        - { kind: StatefulSet, name: db, namespace: production, image: "db:1", memoryUsed: 1Gi }
        - { name: other, namespace: staging, image: "o:1", labels: { tier: web } }
      services:
        - { name: api, namespace: production, workload: api, port: 80 }
        - { name: db, namespace: production, workload: db, port: 5432 }
      disruptionBudgets:
        - { name: api, namespace: production, workload: api, minAvailable: 1 }
        - { name: elsewhere, namespace: staging, workload: nothing, minAvailable: 1 }
      customResources:
        - { group: cert-manager.io, version: v1, kind: Certificate, plural: certificates }
        - { group: example.com, version: v1beta2, kind: Widget, plural: widgets }
      objects:
        - apiVersion: v1
          kind: ConfigMap
          metadata: { name: settings, namespace: production }
          data: { mode: transaction, POOL_TIMEOUT: 30s, unrelated: "1" }
        - apiVersion: v1
          kind: Secret
          metadata:
            name: db
            namespace: production
            annotations: { kubectl.kubernetes.io/last-applied-configuration: '{"data":"aHVudGVyMg=="}' }
          data: { password: aHVudGVyMg== }
        - apiVersion: autoscaling/v2
          kind: HorizontalPodAutoscaler
          metadata: { name: api-hpa, namespace: production }
          spec:
            scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: api }
            minReplicas: 2
            maxReplicas: 6
        - apiVersion: cert-manager.io/v1
          kind: Certificate
          metadata: { name: shop, namespace: production }
          spec: { secretName: shop-tls, dnsNames: [shop.example.com, "*.shop.example.com"] }
          status:
            notAfter: 2026-03-01T00:00:00Z
            revision: 3
            conditions: [ { type: Ready, status: "True", reason: Ready } ]
        - apiVersion: example.com/v1beta2
          kind: Widget
          metadata: { name: first, namespace: production, labels: { a: b } }
          spec: { size: 3, parts: [ { name: left }, { name: right } ], odd.key/x: "y" }
          status: { phase: Happy, conditions: [ { type: Healthy, status: "False", message: no } ] }
        - apiVersion: v1
          kind: PersistentVolumeClaim
          metadata: { name: data, namespace: production }
          spec: { volumeName: pv-1, storageClassName: fast, resources: { requests: { storage: 10Gi } } }
          status: { phase: Bound, capacity: { storage: 12Gi } }
        - apiVersion: v1
          kind: PersistentVolume
          metadata: { name: pv-1 }
          spec: { csi: { driver: ebs.csi.aws.com, volumeHandle: vol-0abc } }
      """;

  private static StructValue widget(String name) {
    return Rig.struct("kind", "Widget", "namespace", "production", "name", name);
  }

  @Test
  void the_one_workload_with_the_labels_is_found_and_two_are_none() throws Exception {
    try (Rig rig = Rig.yaml(SHOP)) {
      Workload found =
          rig.read(
              Workload.class,
              "kubectl.findWorkload",
              "labels",
              Rig.struct("byteport.io/db-application", "shop"));
      assertThat(found.name()).isEqualTo("api");
      assertThat(found.kind()).isEqualTo(WorkloadKind.DEPLOYMENT);
      assertThat(found.replicas()).isEqualTo(2);
      assertThat(
              rig.find(
                  Workload.class, "kubectl.findWorkload", "labels", Rig.struct("tier", "web")))
          .isNull();
      assertThat(
              rig.read(
                      Workload.class,
                      "kubectl.findWorkload",
                      "labels",
                      Rig.struct("tier", "web"),
                      "namespace",
                      "staging")
                  .name())
          .isEqualTo("other");
      assertThat(
              rig.find(
                  Workload.class, "kubectl.findWorkload", "labels", Rig.struct("tier", "none")))
          .isNull();
    }
  }

  @Test
  void the_last_deploy_is_the_current_rollout() throws Exception {
    try (Rig rig = Rig.yaml(SHOP)) {
      Deploy deploy = rig.read(Deploy.class, "kubectl.lastDeploy", "workload", API);
      assertThat(deploy)
          .isEqualTo(
              new Deploy(
                  "4f2a9c1d77",
                  rig.clock.instant().minus(Duration.ofMinutes(10)),
                  null,
                  "https://git.example.com/shop/commit/4f2a9c1d77",
                  "2"));
      String pod = rig.pods().get(0).getMetadata().getName();
      assertThat(
              rig.find(Deploy.class, "kubectl.lastDeploy", "workload", Rig.workload("Pod", pod)))
          .isNull();
    }
  }

  @Test
  void the_services_in_front_of_a_workload_are_found() throws Exception {
    try (Rig rig = Rig.yaml(SHOP)) {
      assertThat(
              rig.read(ListServicesOf.Output.class, "kubectl.servicesOf", "workload", API).items())
          .containsExactly(new Service("production", "api"));
    }
  }

  @Test
  void the_autoscaler_of_a_workload_can_be_annotated_as_it_is() throws Exception {
    try (Rig rig = Rig.yaml(SHOP)) {
      Autoscaler found = rig.read(Autoscaler.class, "kubectl.autoscaler", "workload", API);
      assertThat(found)
          .isEqualTo(
              new Autoscaler(
                  null, "HorizontalPodAutoscaler", "production", "api-hpa", 2, 6, 2));
      assertThat(
              rig.find(
                  Autoscaler.class,
                  "kubectl.autoscaler",
                  "workload",
                  Rig.workload("StatefulSet", "db")))
          .isNull();

      rig.change(
              "kubectl.annotate",
              "object",
              rig.codec.write(found),
              "annotations",
              Rig.struct("byteport.io/scale-triggered", "2026-01-05T10:00:00Z"))
          .prepared()
          .made();
      assertThat(
              rig.cluster
                  .client()
                  .autoscaling()
                  .v2()
                  .horizontalPodAutoscalers()
                  .inNamespace("production")
                  .withName("api-hpa")
                  .get()
                  .getMetadata()
                  .getAnnotations())
          .containsEntry("byteport.io/scale-triggered", "2026-01-05T10:00:00Z");
    }
  }

  @Test
  void variables_are_read_and_secrets_are_not() throws Exception {
    try (Rig rig = Rig.yaml(SHOP)) {
      List<EnvironmentVariable> found =
          rig.read(
                  ReadEnvironment.Output.class,
                  "kubectl.env",
                  "workload",
                  API,
                  "names",
                  "(?i)pool|hikari|password")
              .items();
      assertThat(found)
          .containsExactly(
              new EnvironmentVariable("api", "POOL_TIMEOUT", "30s"),
              new EnvironmentVariable("api", "POOL_SIZE", "20"),
              new EnvironmentVariable("api", "DB_PASSWORD", null),
              new EnvironmentVariable("api", "HIKARI_TOKEN", null),
              new EnvironmentVariable("api", "POOL_MODE", "transaction"));
      assertThat(rig.cluster.requests())
          .extracting(RecordedRequest::path)
          .noneMatch(path -> path.contains("secrets"));
    }
  }

  @Test
  void the_memory_of_a_namespace_is_told_against_its_limits() throws Exception {
    try (Rig rig = Rig.yaml(SHOP)) {
      Memory memory =
          rig.read(Memory.class, "kubectl.memory", "namespace", "production", "top", 2);
      assertThat(memory.used()).isEqualTo(new DataSize((256L + 256 + 1024) << 20));
      assertThat(memory.total()).isEqualTo(new DataSize((512L + 512 + 1024) << 20));
      assertThat(memory.usedPercent()).isEqualTo(new Percent(75));
      assertThat(memory.users()).hasSize(2);
      MemoryUser largest = memory.users().get(0);
      assertThat(largest.name()).isEqualTo("db-0");
      assertThat(largest.workload())
          .isEqualTo(new WorkloadRef(null, WorkloadKind.STATEFUL_SET, "production", "db"));
      assertThat(largest.percent()).isEqualTo(new Percent(50));
      assertThat(largest.upFor()).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(11));
      assertThat(memory.users().get(1).workload())
          .isEqualTo(new WorkloadRef(null, WorkloadKind.DEPLOYMENT, "production", "api"));
    }
  }

  @Test
  void the_memory_of_a_node_is_told_against_what_it_can_give() throws Exception {
    try (Rig rig = Rig.yaml(SHOP)) {
      Memory memory = rig.read(Memory.class, "kubectl.memory", "node", "worker-1");
      assertThat(memory.used()).isEqualTo(new DataSize((256L + 256 + 1024) << 20));
      assertThat(memory.total().bytes()).isEqualTo(8L << 30);
      assertThat(memory.users()).hasSize(4);
    }
  }

  @Test
  void without_a_metrics_api_there_is_no_answer() {
    try (Rig rig = Rig.named("oom")) {
      ActionException failure =
          catchThrowableOfType(
              ActionException.class,
              () -> rig.read(Memory.class, "kubectl.memory", "namespace", "production"));
      assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
    }
  }

  @Test
  void the_budgets_of_a_node_are_those_of_its_pods() throws Exception {
    try (Rig rig = Rig.yaml(SHOP)) {
      Budget api = new Budget(null, "production", "api", 2, 1, 1);
      assertThat(budgets(rig, "node", Rig.node("worker-1"))).containsExactly(api);
      assertThat(budgets(rig, "node", Rig.node("worker-2"))).isEmpty();
      assertThat(budgets(rig)).extracting(Budget::name).containsExactly("api", "elsewhere");
      assertThat(
              budgets(
                  rig,
                  "budgets",
                  List.of(
                      rig.codec.write(api),
                      rig.codec.write(new Budget(null, "production", "gone", 1, 1, 0)))))
          .containsExactly(api);
    }
  }

  private static List<Budget> budgets(Rig rig, Object... with) throws Exception {
    return rig.read(ListDisruptionBudgets.Output.class, "kubectl.disruptionBudgets", with).items();
  }

  @Test
  void replacements_are_expected_and_ready_when_they_run() throws Exception {
    try (Rig rig = Rig.yaml(SHOP)) {
      List<StructValue> gone =
          rig.pods().stream().map(pod -> Rig.pod(pod.getMetadata().getName())).toList();
      rig.cluster.client().pods().inNamespace("production").delete();

      assertThat(replacements(rig, gone)).isEqualTo(new CountReplacements.Output(3, 0));
      rig.advance(Duration.ofMinutes(2));
      assertThat(replacements(rig, gone)).isEqualTo(new CountReplacements.Output(3, 3));
      rig.cluster.client().apps().deployments().inNamespace("production").withName("api").scale(0);
      assertThat(replacements(rig, List.of(Rig.pod("nobodys"))))
          .isEqualTo(new CountReplacements.Output(0, 0));
      assertThat(replacements(rig, List.of())).isEqualTo(new CountReplacements.Output(0, 0));
    }
  }

  private static CountReplacements.Output replacements(Rig rig, List<StructValue> pods)
      throws Exception {
    return rig.read(CountReplacements.Output.class, "kubectl.replacements", "pods", pods);
  }

  @Test
  void an_object_of_a_kind_that_nobody_knows_is_found_by_asking() throws Exception {
    try (Rig rig = Rig.yaml(SHOP)) {
      ReadObject.Output found =
          rig.read(
              ReadObject.Output.class,
              "kubectl.get",
              "object",
              widget("first"),
              "paths",
              Rig.struct(
                  "phase", ".status.phase",
                  "second", ".spec.parts[1].name",
                  "parts", ".spec.parts",
                  "odd", ".spec['odd.key/x']",
                  "size", ".spec.size",
                  "none", ".spec.parts[7].name"));
      assertThat(found.values())
          .isEqualTo(
              Map.of(
                  "phase", "Happy",
                  "second", "right",
                  "parts", "[{\"name\":\"left\"},{\"name\":\"right\"}]",
                  "odd", "y",
                  "size", "3"));
      assertThat(found.conditions())
          .singleElement()
          .satisfies(one -> assertThat(one.message()).isEqualTo("no"));
      assertThat(found.labels()).containsEntry("a", "b");
      assertThat(
              catchThrowableOfType(
                      ActionException.class,
                      () ->
                          rig.read(
                              ReadObject.Output.class,
                              "kubectl.get",
                              "object",
                              Rig.struct("kind", "Gadget", "namespace", "production", "name", "x")))
                  .reason())
          .isEqualTo("the cluster knows no kind `Gadget`");
    }
  }

  @Test
  void a_path_that_is_none_is_refused_with_the_input() {
    try (Rig rig = Rig.yaml(SHOP)) {
      for (String path : List.of("", "status", ".a..b", ".a[x]", ".a[-1]", "$.a", ".a[?(@.b)]")) {
        Assertions.assertThatExceptionOfType(RecordMismatchException.class)
            .isThrownBy(
                () ->
                    rig.read(
                        ReadObject.Output.class,
                        "kubectl.get",
                        "object",
                        widget("first"),
                        "paths",
                        Rig.struct("x", path)))
            .withMessageContaining("expected a path such as .status.phase");
      }
      assertThat(rig.cluster.requests()).isEmpty();
    }
  }

  @Test
  void of_a_secret_only_metadata_is_asked_for() throws Exception {
    try (Rig rig = Rig.yaml(SHOP)) {
      StructValue secret = Rig.struct("kind", "Secret", "namespace", "production", "name", "db");
      ReadObject.Output found =
          rig.read(ReadObject.Output.class, "kubectl.get", "object", secret);
      assertThat(found.name()).isEqualTo("db");
      assertThat(rig.codec.write(found).toString()).doesNotContain("aHVudGVyMg");
      ActionException failure =
          catchThrowableOfType(
              ActionException.class,
              () ->
                  rig.read(
                      ReadObject.Output.class,
                      "kubectl.get",
                      "object",
                      secret,
                      "paths",
                      Rig.struct("p", ".data.password")));
      assertThat(failure.kind()).isEqualTo(FailureKind.INVALID);
      assertThat(rig.cluster.requests()).hasSize(1);
    }
  }

  @Test
  void names_are_listed_and_nothing_else_of_the_objects() throws Exception {
    try (Rig rig = Rig.yaml(SHOP)) {
      assertThat(
              rig.read(
                  ListNames.Output.class,
                  "kubectl.names",
                  "kind",
                  "Secret",
                  "namespace",
                  "production"))
          .isEqualTo(new ListNames.Output(List.of("db"), 1));
      assertThat(
              rig.read(
                      ListNames.Output.class,
                      "kubectl.names",
                      "kind",
                      "Widget",
                      "namespace",
                      "production")
                  .items())
          .containsExactly("first");
    }
  }

  @Test
  void a_claim_leads_to_the_volume_as_the_cloud_knows_it() throws Exception {
    try (Rig rig = Rig.yaml(SHOP)) {
      assertThat(
              rig.read(
                  ReadVolumeClaim.Output.class,
                  "kubectl.volumeClaim",
                  "namespace",
                  "production",
                  "name",
                  "data"))
          .isEqualTo(
              new ReadVolumeClaim.Output(
                  "production",
                  "data",
                  "Bound",
                  new DataSize(10L << 30),
                  new DataSize(12L << 30),
                  "fast",
                  "pv-1",
                  "ebs.csi.aws.com",
                  "vol-0abc"));
    }
  }

  @Test
  void a_certificate_is_found_by_name_by_domain_and_by_wildcard() throws Exception {
    try (Rig rig = Rig.yaml(SHOP)) {
      Certificate shop =
          new Certificate(
              null,
              "Certificate",
              "production",
              "shop",
              "shop-tls",
              true,
              3,
              Instant.parse("2026-03-01T00:00:00Z"));
      assertThat(certificate(rig, "namespace", "production", "name", "shop")).isEqualTo(shop);
      assertThat(certificate(rig, "domain", "shop.example.com")).isEqualTo(shop);
      assertThat(certificate(rig, "domain", "api.shop.example.com")).isEqualTo(shop);
      assertThat(certificate(rig, "domain", "a.b.shop.example.com")).isNull();
      assertThat(certificate(rig, "domain", "example.com")).isNull();
      assertThat(certificate(rig, "namespace", "staging", "name", "shop")).isNull();
    }
  }

  @Test
  void a_cluster_without_cert_manager_has_no_certificate() throws Exception {
    try (Rig rig = Rig.named("oom")) {
      assertThat(certificate(rig, "domain", "shop.example.com")).isNull();
    }
  }

  private static @org.jspecify.annotations.Nullable Certificate certificate(
      Rig rig, Object... with) throws Exception {
    return rig.find(Certificate.class, "kubectl.certificate", with);
  }
}
