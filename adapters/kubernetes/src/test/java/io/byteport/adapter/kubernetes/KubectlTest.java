package io.byteport.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.byteport.adapter.kubernetes.model.Revision;
import io.byteport.adapter.kubernetes.model.Rollout;
import io.byteport.adapter.kubernetes.read.DescribeObject;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.ActionException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real kubectl in front of the cluster that the actions are in front of: it sees what they did,
 * and the command that an action prints does what the action does.
 */
@Tag("real")
class KubectlTest {
  private static final StructValue API = Rig.workload("Deployment", "api");
  private static final KubernetesSerialization JSON = new KubernetesSerialization();
  private static final String SCENARIO =
      """
      nodes:
        - { name: worker-1, taints: [ { key: broken, effect: PreferNoSchedule } ] }
        - { name: worker-2, unschedulable: true }
      workloads:
        - name: api
          namespace: production
          image: "api:2"
          replicas: 2
          memoryLimit: 256Mi
          changeCause: release 2
          livenessProbe: {}
          history: [ { image: "api:1", changeCause: release 1, age: 48h } ]
        - { kind: DaemonSet, name: logs, namespace: kube-system, image: "logs:1" }
      disruptionBudgets:
        - { name: api, namespace: production, workload: api, minAvailable: 1 }
      objects:
        - apiVersion: scheduling.k8s.io/v1
          kind: PriorityClass
          metadata: { name: high }
          value: 1000
        - apiVersion: v1
          kind: Secret
          metadata: { name: token, namespace: production }
          data: { token: YQ== }
      """;

  @TempDir Path folder;

  @BeforeEach
  void there_is_a_kubectl() {
    assumeTrue(program().isPresent(), "there is no kubectl on the PATH, nor one in -Dkubectl");
  }

  private static Optional<String> program() {
    String given = System.getProperty("kubectl", "");
    Stream<Path> places =
        given.isEmpty()
            ? Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "kubectl"))
            : Stream.of(Path.of(given));
    return places.filter(Files::isExecutable).findFirst().map(Path::toString);
  }

  /** What kubectl prints, errors too. */
  private String kubectl(Rig rig, List<String> words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(words);
    command.set(0, program().orElseThrow());
    Path output = Files.createTempFile(folder, "kubectl", ".out");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("KUBECONFIG", rig.kubeconfig().toString());
    builder.environment().put("HOME", folder.toString());
    Process process = builder.start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(String.join(" ", words) + " does not end");
    }
    return Files.readString(output);
  }

  private String kubectl(Rig rig, String words) throws IOException, InterruptedException {
    return kubectl(rig, List.of(("kubectl " + words).split(" ")));
  }

  private static Object essence(Rig rig, String kind, String name) {
    var client = rig.cluster.client();
    HasMetadata object =
        switch (kind) {
          case "Node" -> client.nodes().withName(name).get();
          case "Secret" -> client.secrets().inNamespace("production").withName(name).get();
          default -> client.apps().deployments().inNamespace("production").withName(name).get();
        };
    Map<?, ?> whole = JSON.convertValue(object, Map.class);
    Map<Object, Object> content = new TreeMap<>(whole);
    content.remove("status");
    content.remove("metadata");
    return List.of(content, new TreeMap<>(object.getMetadata().getAnnotations()));
  }

  /** Whether a change makes of an object what its command makes of it in a twin of the cluster. */
  private void assertSame(String kind, String name, String action, Object... with)
      throws Exception {
    try (Rig ours = Rig.yaml(SCENARIO);
        Rig theirs = Rig.yaml(SCENARIO)) {
      Object before = essence(ours, kind, name);
      assertThat(essence(theirs, kind, name)).isEqualTo(before);
      Rig.Change change = ours.change(action, with);
      change.prepared().made();

      String printed = kubectl(theirs, change.command());

      assertThat(essence(theirs, kind, name))
          .as("%s printed: %s", String.join(" ", change.command()), printed)
          .isEqualTo(essence(ours, kind, name))
          .isNotEqualTo(before);
    }
  }

  @Test
  void the_command_of_a_change_makes_the_same_change() throws Exception {
    assertSame("Deployment", "api", "kubectl.scale", "workload", API, "replicas", 4);
    assertSame("Deployment", "api", "kubectl.rolloutPause", "workload", API);
    assertSame("Deployment", "api", "kubectl.rolloutUndo", "workload", API, "toRevision", 1);
    assertSame(
        "Deployment", "api", "kubectl.setPriorityClass", "workload", API, "priorityClass", "high");
    assertSame(
        "Deployment",
        "api",
        "kubectl.setProbe",
        "workload",
        API,
        "container",
        "api",
        "probe",
        "liveness",
        "initialDelay",
        Duration.ofSeconds(30),
        "failureThreshold",
        5);
    assertSame(
        "Deployment",
        "api",
        "kubectl.annotate",
        "object",
        Rig.struct("kind", "Deployment", "namespace", "production", "name", "api"),
        "annotations",
        Rig.struct("byteport.io/note", "--all; $(reboot) 'x' \"y\"\nz"));
    assertSame("Node", "worker-1", "kubectl.cordon", "node", Rig.node("worker-1"));
    assertSame("Node", "worker-2", "kubectl.uncordon", "node", Rig.node("worker-2"));
    assertSame(
        "Node", "worker-1", "kubectl.removeTaint", "node", Rig.node("worker-1"), "key", "broken");
  }

  @Test
  void the_command_of_a_memory_limit_sets_that_limit() throws Exception {
    try (Rig rig = Rig.yaml(SCENARIO)) {
      kubectl(
          rig,
          rig.change(
                  "kubectl.setMemoryLimit",
                  "workload",
                  API,
                  "container",
                  "api",
                  "limit",
                  new DataSize(384L << 20))
              .command());
      assertThat(
              rig.deployment("api")
                  .getSpec()
                  .getTemplate()
                  .getSpec()
                  .getContainers()
                  .get(0)
                  .getResources()
                  .getLimits()
                  .get("memory"))
          .hasToString("384Mi");
    }
  }

  @Test
  void a_backup_is_what_kubectl_can_put_back() throws Exception {
    try (Rig rig = Rig.yaml(SCENARIO)) {
      Rig.Change backup =
          rig.change(
              "kubectl.backupSecret",
              "namespace",
              "production",
              "name",
              "token",
              "root",
              folder.resolve("backups").toString(),
              "as",
              "token.json");
      backup.prepared().made();
      rig.cluster
          .client()
          .secrets()
          .inNamespace("production")
          .withName("token")
          .edit(
              one -> {
                one.setData(Map.of("token", "Yg=="));
                return one;
              });

      String printed =
          kubectl(
              rig,
              rig.change(
                      "kubectl.restoreSecret",
                      "backup",
                      folder.resolve("backups/token.json").toString())
                  .command());

      assertThat(printed).isEqualTo("secret/token replaced\n");
      assertThat(
              rig.cluster
                  .client()
                  .secrets()
                  .inNamespace("production")
                  .withName("token")
                  .get()
                  .getData())
          .containsEntry("token", "YQ==");
    }
  }

  @Test
  void kubectl_sees_the_history_that_the_actions_see_and_make() throws Exception {
    try (Rig rig = Rig.yaml(SCENARIO)) {
      rig.change("kubectl.rolloutUndo", "workload", API, "toRevision", 1).prepared().made();
      rig.change("kubectl.rolloutRestart", "workload", API).prepared().made();
      rig.advance(Duration.ofMinutes(2));

      Rollout rollout = rig.read(Rollout.class, "kubectl.rolloutHistory", "workload", API);

      assertThat(
              kubectl(rig, "rollout history deployment/api -n production")
                  .lines()
                  .filter(line -> line.matches("[0-9]+ .*"))
                  .map(line -> line.replaceAll(" +", " ")))
          .containsExactlyElementsOf(
              rollout.revisions().reversed().stream()
                  .map(one -> one.number() + " " + one.changeCause())
                  .toList());
      assertThat(rollout.revisions()).extracting(Revision::number).containsExactly(4, 3, 2);
      assertThat(kubectl(rig, "rollout history deployment/api -n production --revision=2"))
          .contains("Image:\tapi:2");
      assertThat(kubectl(rig, "rollout status deployment/api -n production"))
          .contains("successfully rolled out");
    }
  }

  @Test
  void kubectl_would_evict_the_pods_that_a_drain_evicts() throws Exception {
    try (Rig rig = Rig.yaml(SCENARIO)) {
      rig.timeout = Duration.ofMinutes(5);
      rig.change("kubectl.cordon", "node", Rig.node("worker-1")).prepared().made();
      rig.change("kubectl.uncordon", "node", Rig.node("worker-2")).prepared().made();
      assertThat(kubectl(rig, "get node worker-1")).contains("Ready,SchedulingDisabled");
      Rig.Change drain =
          rig.change(
              "kubectl.drain", "node", Rig.node("worker-1"), "budgetWait", Duration.ofMinutes(2));
      List<String> command = new ArrayList<>(drain.command());
      command.add("--dry-run=server");
      List<String> theirs =
          kubectl(rig, command)
              .lines()
              .filter(line -> line.startsWith("evicting pod "))
              .map(line -> line.replace(" (server dry run)", "").replace("evicting", "evicted"))
              .toList();

      drain.prepared().made();

      assertThat(theirs).hasSize(2);
      assertThat(rig.said)
          .filteredOn(line -> line.startsWith("evicted pod "))
          .containsExactlyInAnyOrderElementsOf(theirs);
      assertThat(kubectl(rig, "describe node worker-1")).contains("logs-").doesNotContain("api-");
      assertThat(kubectl(rig, "get pods -n production")).contains("1/1");
    }
  }

  @Test
  void what_is_refused_is_refused_in_the_words_of_kubectl() throws Exception {
    String alone =
        """
        nodes: [ { name: worker-1 } ]
        workloads: [ { kind: Pod, name: lonely, namespace: production, image: "one:1" } ]
        """;
    try (Rig rig = Rig.yaml(alone)) {
      rig.change("kubectl.cordon", "node", Rig.node("worker-1")).prepared().made();
      Rig.Change drain = rig.change("kubectl.drain", "node", Rig.node("worker-1"));
      ActionException failure = catchThrowableOfType(ActionException.class, drain::prepared);
      assertThat(kubectl(rig, drain.command()))
          .contains("cannot delete Pods that declare no controller")
          .contains("production/lonely");
      assertThat(failure.reason())
          .isEqualTo("cannot delete Pods that declare no controller: production/lonely");
    }
    String held = SCENARIO.replace("minAvailable: 1", "minAvailable: 2");
    try (Rig rig = Rig.yaml(held)) {
      rig.change("kubectl.cordon", "node", Rig.node("worker-1")).prepared().made();
      Rig.Change drain = rig.change("kubectl.drain", "node", Rig.node("worker-1"));
      ActionException failure = catchThrowableOfType(ActionException.class, drain::prepared);
      List<String> command = new ArrayList<>(drain.command());
      command.add("--timeout=1s");
      String refusal = "Cannot evict pod as it would violate the pod's disruption budget.";
      assertThat(kubectl(rig, command)).contains(refusal);
      assertThat(failure.reason()).startsWith(refusal);
    }
  }

  @Test
  void kubectl_describes_the_events_that_the_actions_describe() throws Exception {
    try (Rig rig = Rig.named("image-pull")) {
      String pod =
          rig.pods().stream()
              .filter(
                  one ->
                      one.getStatus().getContainerStatuses().get(0).getState().getWaiting() != null)
              .findFirst()
              .orElseThrow()
              .getMetadata()
              .getName();
      String ours =
          rig.read(
                  DescribeObject.Output.class,
                  "kubectl.describe",
                  "object",
                  Rig.struct("namespace", "production", "name", pod))
              .text();
      assertThat(kubectl(rig, "describe pod " + pod + " -n production"))
          .contains("Back-off pulling image");
      assertThat(ours).contains("Back-off pulling image");
    }
  }
}
