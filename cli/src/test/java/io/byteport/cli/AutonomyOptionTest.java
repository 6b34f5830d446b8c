package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.RunStore;
import io.byteport.engine.journal.SqlRunStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code byteport run --live --autonomy} against a cluster in another process, in real time. */
@Tag("slow")
class AutonomyOptionTest {
  private static final String RUNBOOK = "crashloopbackoff_v2";
  private static final String TERMINAL = "byteport.terminal";

  @TempDir private Path folder;
  private ClusterProcess cluster;

  @BeforeEach
  void start() throws IOException {
    cluster = ClusterProcess.start("oom", folder);
  }

  @AfterEach
  void stop() {
    System.clearProperty(TERMINAL);
    cluster.close();
  }

  @Test
  void a_run_that_only_observes_changes_nothing_and_shows_its_level() throws IOException {
    Program run = run("", "observe");

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains(
            "live, autonomy observe, nothing will be changed",
            "plan, autonomy observe",
            "PLANNED",
            "\"memory\":\"384Mi\"");
    assertThat(cluster.writes()).isEmpty();
  }

  @Test
  void a_yes_at_the_terminal_lets_the_plan_be_carried_out() throws IOException {
    System.setProperty(TERMINAL, "true");
    Program run = run("y\n", "approve");

    assertThat(run.err()).contains("[y/N]");
    assertThat(run.out())
        .containsPattern("under +agent-autonomy\n")
        .containsPattern("plan +[0-9a-f]{64}\n")
        .containsPattern("approved +agent-autonomy by " + System.getProperty("user.name"));
    assertThat(run.out()).contains("RESOLVED");
    assertThat(cluster.writes().stream().filter(write -> !write.contains("dryRun=All"))).hasSize(1);
  }

  @Test
  void a_no_at_the_terminal_changes_nothing_and_calls_a_human() throws IOException {
    System.setProperty(TERMINAL, "true");
    Program run = run("\n", "approve");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("ESCALATED", "answered no at the terminal");
    assertThat(cluster.writes()).isEmpty();
    try (RunStore store = SqlRunStore.inFolder(folder.resolve("state"), Redactor.SHAPES_ONLY)) {
      assertThat(store.questions()).isEmpty();
    }
  }

  @Test
  void a_level_that_does_not_exist_is_wrong_usage() throws IOException {
    Program run = run("", "wild");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("expected observe, propose, approve, act, found `wild`");
  }

  private Program run(String typed, String level) throws IOException {
    Path runbook = Variant.file(folder, RUNBOOK, Map.of("  every: 15s\n", "  every: 2s\n"));
    List<String> words =
        new ArrayList<>(List.of("run", runbook.toString(), "--live", "--autonomy", level));
    words.addAll(List.of("--color", "never"));
    words.addAll(List.of("--param", "stableFor=5s", "--namespace", "production"));
    words.addAll(List.of("--pod", cluster.pod(), "--kubeconfig", cluster.kubeconfig().toString()));
    words.addAll(List.of("--state", folder.resolve("state").toString()));
    return Program.runWithInput(typed, words.toArray(String[]::new));
  }
}
