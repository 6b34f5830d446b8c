package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.RunStore;
import io.byteport.engine.journal.RunSummary;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Note;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code byteport run} against a cluster in another process, in real time. */
class RunCommandTest {
  private static final String RUNBOOK = "crashloopbackoff_v2";
  private static final String PATCH =
      "$ kubectl patch deployment api -n production --type=strategic"
          + " '--patch={\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"api\","
          + "\"resources\":{\"limits\":{\"memory\":\"384Mi\"}}}]}}}}'";

  @TempDir private static Path clusterFolder;
  private static ClusterProcess cluster;

  @TempDir private Path folder;

  @BeforeAll
  static void startCluster() throws IOException {
    cluster = ClusterProcess.start("oom", clusterFolder);
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @Test
  void a_dry_run_prints_the_command_and_writes_nothing() throws IOException {
    Program run = run(RUNBOOK, "--signal", signal(cluster.pod()).toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("dry-run, nothing will be changed", "oom_at_startup", "PLANNED", PATCH);
    assertThat(cluster.writes()).isEmpty();
  }

  @Test
  void a_signal_is_read_from_standard_input() throws IOException {
    Program run =
        Program.runWithInput(
            Files.readString(signal(cluster.pod())), arguments(RUNBOOK, "--signal", "-"));
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains(PATCH);
    assertThat(cluster.writes()).isEmpty();
  }

  @Test
  void the_inputs_of_the_runbook_are_flags_instead_of_a_signal() throws IOException {
    Program run = run(RUNBOOK, "--namespace", "production", "--pod=" + cluster.pod());
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains(PATCH);
    assertThat(only().target()).isEqualTo("pod/production/" + cluster.pod());
    assertThat(cluster.writes()).isEmpty();
  }

  @Test
  @Tag("slow")
  void a_live_run_changes_one_deployment_once() throws Exception {
    Path ours = Files.createDirectory(folder.resolve("cluster"));
    try (ClusterProcess own = ClusterProcess.start("oom", ours)) {
      Path runbook = Variant.file(folder, RUNBOOK, Map.of("  every: 15s\n", "  every: 2s\n"));
      Program run =
          Program.run(
              "run",
              runbook.toString(),
              "--live",
              "--param",
              "stableFor=5s",
              "--signal",
              signal(own.pod()).toString(),
              "--kubeconfig",
              own.kubeconfig().toString(),
              "--state",
              state());
      assertThat(run.err()).isEmpty();
      assertThat(run.out()).contains("RESOLVED", "memory limit 256Mi → 384Mi", PATCH);
      assertThat(run.status()).isZero();
      assertThat(own.writes().stream().filter(write -> !write.contains("dryRun=All")))
          .singleElement()
          .asString()
          .startsWith("PATCH /apis/apps/v1/namespaces/production/deployments/api?");
      assertThat(
              own.api()
                  .get("/apis/apps/v1/namespaces/production/deployments/api")
                  .at("/spec/template/spec/containers/0/resources/limits/memory")
                  .asString())
          .isEqualTo("384Mi");
      assertThat(only().result()).isEqualTo("resolved");
    }
  }

  @Test
  @Tag("slow")
  void a_run_that_was_killed_goes_on_and_repeats_nothing() throws Exception {
    Path ours = Files.createDirectory(folder.resolve("cluster"));
    try (ClusterProcess own = ClusterProcess.start("oom", ours)) {
      Path runbook = Variant.file(folder, RUNBOOK, Map.of("  every: 15s\n", "  every: 2s\n"));
      String[] command = {
        "run",
        runbook.toString(),
        "--live",
        "--param",
        "stableFor=5s",
        "--signal",
        signal(own.pod()).toString(),
        "--kubeconfig",
        own.kubeconfig().toString(),
        "--state",
        state()
      };
      Process killed =
          ClusterProcess.java(Main.class.getName(), Arrays.asList(command))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      while (killed.isAlive() && realWrites(own).isEmpty()) {
        killed.waitFor(50, TimeUnit.MILLISECONDS);
      }
      killed.destroyForcibly().waitFor();
      assertThat(realWrites(own)).hasSize(1);

      Program again = Program.run(command);
      assertThat(again.err()).contains("was interrupted and goes on");
      assertThat(again.out()).contains("RESOLVED");
      assertThat(again.status()).isZero();
      assertThat(realWrites(own)).hasSize(1);
      assertThat(only().result()).isEqualTo("resolved");
    }
  }

  private static List<String> realWrites(ClusterProcess cluster) throws IOException {
    return cluster.writes().stream().filter(write -> !write.contains("dryRun=All")).toList();
  }

  @Test
  @Tag("slow")
  void the_environment_keeps_a_live_run_from_changing_anything() throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder child =
        ClusterProcess.java(
                Main.class.getName(),
                Arrays.asList(
                    arguments(RUNBOOK, "--live", "--signal", signal(cluster.pod()).toString())))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    child.environment().put("BYTEPORT_RUNBOOK_DRY_RUN", "true");
    assertThat(child.start().waitFor()).isZero();
    assertThat(err)
        .content(StandardCharsets.UTF_8)
        .isEqualTo("byteport: dry run, since BYTEPORT_RUNBOOK_DRY_RUN is true\n");
    assertThat(out).content(StandardCharsets.UTF_8).contains("PLANNED", PATCH);
    assertThat(cluster.writes()).isEmpty();
  }

  @Test
  void dry_run_keeps_a_live_run_from_changing_anything() throws IOException {
    Program run = run(RUNBOOK, "--live", "--dry-run", "--signal", signal(cluster.pod()).toString());
    assertThat(run.err()).isEqualTo("byteport: dry run, since --dry-run is given\n");
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("PLANNED");
    assertThat(cluster.writes()).isEmpty();
  }

  @Test
  void a_misspelt_flag_is_wrong_usage_and_the_right_one_is_named() {
    Program run = run(RUNBOOK, "--namespase", "production", "--pod", "api-1");
    assertWrongUsage(run, "unknown option `--namespase`", "did you mean `--namespace`?");
  }

  @Test
  void a_flag_without_a_value_is_wrong_usage() {
    assertWrongUsage(run(RUNBOOK, "--namespace", "production", "--pod"), "--pod needs a value");
  }

  @Test
  void a_runbook_that_does_not_exist_is_wrong_usage() {
    assertWrongUsage(
        run("crashloopbackof_v2", "--pod", "api-1"),
        "no runbook `crashloopbackof_v2`",
        "did you mean `crashloopbackoff_v2`?");
    assertWrongUsage(
        run("nothing_like_it", "--pod", "api-1"), "no runbook `nothing_like_it`", "byteport list");
  }

  @Test
  void a_signal_that_is_no_json_is_named_with_its_place() throws IOException {
    Path file = Files.writeString(folder.resolve("broken.json"), "{\"type\": \"x\",\n  oops}");
    assertWrongUsage(
        run(RUNBOOK, "--signal", file.toString()), "broken.json is not JSON", "line 2, column");
  }

  @Test
  void a_signal_with_a_misspelt_field_is_refused() throws IOException {
    Path file = Files.writeString(folder.resolve("s.json"), "{\"type\":\"x\",\"lables\":{}}");
    assertWrongUsage(run(RUNBOOK, "--signal", file.toString()), "unknown field `lables`", "labels");
  }

  @Test
  void a_signal_file_that_does_not_exist_is_wrong_usage() {
    assertWrongUsage(run(RUNBOOK, "--signal", "nowhere.json"), "nowhere.json: no such file");
  }

  @Test
  void a_signal_without_the_labels_that_are_needed_is_escalated_and_journalled()
      throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("s.json"),
            "{\"type\":\"crashloopbackoff\",\"labels\":{\"namespace\":\"production\"}}");
    Program run = run(RUNBOOK, "--signal", file.toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains(RUNBOOK, "pod").doesNotContain("\tat ");
    RunSummary summary = only();
    assertThat(summary.result()).isEqualTo("escalated");
    assertThat(Program.run("runs", "--state", state()).out()).contains("escalated");
    assertThat(Program.run("runs", "show", "--state", state()).out().lines())
        .anyMatch(line -> line.startsWith("     ") && line.contains("expected the label `pod`"));
    assertThat(cluster.writes()).isEmpty();
  }

  @Test
  void a_signal_that_the_runbook_does_not_know_is_escalated_and_journalled() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("s.json"),
            "{\"type\":\"disk_full\",\"labels\":{\"namespace\":\"a\",\"pod\":\"b\"}}");
    Program run = run(RUNBOOK, "--signal", file.toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("disk_full");
    assertThat(only().result()).isEqualTo("escalated");
  }

  @Test
  void a_cluster_that_does_not_answer_is_escalated_and_journalled() throws IOException {
    Path kubeconfig =
        Files.writeString(
            folder.resolve("nobody"),
            Files.readString(cluster.kubeconfig()).replace(cluster.url(), "http://127.0.0.1:1"));
    Path runbook = Variant.file(folder, RUNBOOK, Map.of("  every: 30s\n", "  every: 1s\n"));
    Program run =
        Program.run(
            "run",
            runbook.toString(),
            "--live",
            "--signal",
            signal("api-1").toString(),
            "--kubeconfig",
            kubeconfig.toString(),
            "--state",
            state());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("ESCALATED", "connection refused");
    assertThat(only().result()).isEqualTo("escalated");
    assertThat(only().reason()).containsIgnoringCase("connection refused");
    assertThat(journal().getLast()).isInstanceOf(Note.Finished.class);
  }

  @Test
  void a_kubeconfig_that_does_not_exist_is_wrong_usage() {
    Program run =
        Program.run(
            "run", RUNBOOK, "--pod", "x", "--kubeconfig", "/nowhere/config", "--state", state());
    assertWrongUsage(run, "--kubeconfig /nowhere/config", "no such file");
  }

  @Test
  void a_parameter_out_of_its_bounds_is_wrong_usage() {
    assertWrongUsage(
        run(RUNBOOK, "--pod", "x", "--namespace", "y", "--param", "memoryFactor=9"),
        "memoryFactor");
  }

  private Program run(String... words) {
    return Program.run(arguments(words));
  }

  private String[] arguments(String... words) {
    List<String> arguments = new ArrayList<>(List.of("run"));
    arguments.addAll(List.of(words));
    arguments.addAll(List.of("--kubeconfig", cluster.kubeconfig().toString(), "--state", state()));
    return arguments.toArray(String[]::new);
  }

  private String state() {
    return folder.resolve("state").toString();
  }

  private Path signal(String pod) throws IOException {
    String example = Files.readString(Path.of("../examples/signals/crashloop.json"));
    return Files.writeString(folder.resolve("signal.json"), example.replace("api-7d9f-xk2p9", pod));
  }

  private RunSummary only() {
    try (RunStore store = SqlRunStore.inFolder(Path.of(state()), Redactor.SHAPES_ONLY)) {
      assertThat(store.runs(10)).hasSize(1);
      return store.runs(10).getFirst();
    }
  }

  private List<JournalEntry> journal() {
    try (RunStore store = SqlRunStore.inFolder(Path.of(state()), Redactor.SHAPES_ONLY)) {
      return store.entries(store.runs(1).getFirst().id());
    }
  }

  private static void assertWrongUsage(Program run, String... words) {
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(words).doesNotContain("\tat ");
  }
}
