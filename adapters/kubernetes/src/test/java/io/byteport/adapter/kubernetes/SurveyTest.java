package io.byteport.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.kubernetes.model.Autoscaler;
import io.byteport.adapter.kubernetes.model.Budget;
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
import io.byteport.adapter.kubernetes.read.ListServicesOf;
import io.byteport.adapter.kubernetes.read.ReadEnvironment;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.sim.kubernetes.api.RecordedRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SurveyTest {
  private static final StructValue API = Rig.workload("Deployment", "api");

  @Test
  void the_one_workload_with_the_labels_is_found_and_two_are_none() throws Exception {
    try (Rig rig = Rig.yaml(Shop.YAML)) {
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
              rig.find(Workload.class, "kubectl.findWorkload", "labels", Rig.struct("tier", "web")))
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
    try (Rig rig = Rig.yaml(Shop.YAML)) {
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
      assertThat(rig.find(Deploy.class, "kubectl.lastDeploy", "workload", Rig.workload("Pod", pod)))
          .isNull();
    }
  }

  @Test
  void the_services_in_front_of_a_workload_are_found() throws Exception {
    try (Rig rig = Rig.yaml(Shop.YAML)) {
      assertThat(
              rig.read(ListServicesOf.Output.class, "kubectl.servicesOf", "workload", API).items())
          .containsExactly(new Service("production", "api"));
    }
  }

  @Test
  void the_autoscaler_of_a_workload_can_be_annotated_as_it_is() throws Exception {
    try (Rig rig = Rig.yaml(Shop.YAML)) {
      Autoscaler found = rig.read(Autoscaler.class, "kubectl.autoscaler", "workload", API);
      assertThat(found)
          .isEqualTo(
              new Autoscaler(null, "HorizontalPodAutoscaler", "production", "api-hpa", 2, 6, 2));
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
    try (Rig rig = Rig.yaml(Shop.YAML)) {
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
    try (Rig rig = Rig.yaml(Shop.YAML)) {
      Memory memory = rig.read(Memory.class, "kubectl.memory", "namespace", "production", "top", 2);
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
    try (Rig rig = Rig.yaml(Shop.YAML)) {
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
    try (Rig rig = Rig.yaml(Shop.YAML)) {
      Budget api = new Budget(null, "production", "api", 2, 1, 1, List.of());
      Budget onNode = budgets(rig, "node", Rig.node("worker-1")).getFirst();
      assertThat(onNode.pods())
          .hasSize(2)
          .allSatisfy(pod -> assertThat(pod.name()).startsWith("api-"));
      assertThat(onNode).isEqualTo(new Budget(null, "production", "api", 2, 1, 1, onNode.pods()));
      assertThat(budgets(rig, "node", Rig.node("worker-1"))).hasSize(1);
      assertThat(
              rig.read(
                      ListDisruptionBudgets.Output.class,
                      "kubectl.disruptionBudgets",
                      "node",
                      Rig.node("worker-1"))
                  .covered())
          .isEqualTo(onNode.pods());
      assertThat(budgets(rig, "node", Rig.node("worker-2"))).isEmpty();
      assertThat(budgets(rig)).extracting(Budget::name).containsExactly("api", "elsewhere");
      assertThat(
              budgets(
                  rig,
                  "budgets",
                  List.of(
                      rig.codec.write(api),
                      rig.codec.write(new Budget(null, "production", "gone", 1, 1, 0, List.of())))))
          .containsExactly(api);
    }
  }

  private static List<Budget> budgets(Rig rig, Object... with) throws Exception {
    return rig.read(ListDisruptionBudgets.Output.class, "kubectl.disruptionBudgets", with).items();
  }

  @Test
  void replacements_are_expected_and_ready_when_they_run() throws Exception {
    try (Rig rig = Rig.yaml(Shop.YAML)) {
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
}
