package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stories about nodes, and about pods that find none. */
@Tag("slow")
class NodeStoriesTest {
  @TempDir private Path state;

  @Test
  void a_node_whose_runtime_has_crashed_is_drained_and_repaired_and_takes_pods_again()
      throws Exception {
    Played story = Played.story("node-runtime", state);
    assertThat(story.refused()).isEmpty();
    RunReport report = story.reports().getFirst();
    assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(report.classId()).isEqualTo("runtime_crash");
    assertThat(report.did())
        .containsExactly(
            "cordon",
            "drain (1 pods evicted)",
            "systemctl restart containerd",
            "systemctl restart kubelet",
            "uncordon");
    // cordon, one eviction and uncordon in the cluster, two restarts on the machine
    assertThat(story.changes()).isEqualTo(5);
    assertThat(story.deployment().at("/status/readyReplicas").asInt()).isEqualTo(3);
  }

  @Test
  void broken_hardware_is_not_touched_where_nobody_agrees() throws Exception {
    assertUntouched("node-hardware", "Nobody has agreed to replace worker-3");
  }

  @Test
  void a_budget_that_lets_no_pod_go_ends_the_repair_after_the_cordon() throws Exception {
    Played story = Played.story("node-budget", state);
    RunReport report = story.reports().getFirst();
    assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(report.reason()).contains("would violate the pod's disruption budget");
    assertThat(report.did()).containsExactly("cordon");
    assertThat(story.changes()).isEqualTo(1);
  }

  @Test
  void a_pod_that_may_not_share_a_node_may_when_a_human_agrees() throws Exception {
    Played story = Played.story("unschedulable", state);
    assertThat(story.refused()).isEmpty();
    RunReport report = story.reports().getFirst();
    assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(report.did()).containsExactly("relaxed anti-affinity");
    assertThat(story.changes()).isEqualTo(1);
    assertThat(story.deployment().at("/status/readyReplicas").asInt()).isEqualTo(3);
  }

  @Test
  void without_the_acknowledgement_of_the_beta_nobody_is_asked() throws Exception {
    assertUntouched("unschedulable-unasked", "byteport.io/beta-ack=true");
  }

  @Test
  void a_node_that_fell_silent_is_drained_and_opened_when_it_has_been_back_for_a_minute()
      throws Exception {
    Played story = Played.story("node-drain", state);
    assertThat(story.refused()).isEmpty();
    RunReport report = story.reports().getFirst();
    assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(report.did()).containsExactly("cordon", "drain (1 pods evicted)", "uncordon");
    assertThat(story.changes()).isEqualTo(3);
  }

  @Test
  void a_critical_pod_that_no_budget_watches_over_keeps_the_node_as_it_is() throws Exception {
    assertUntouched("node-critical", "No disruption budget watches over critical pods");
  }

  private void assertUntouched(String name, String reason) throws Exception {
    Played story = Played.story(name, state);
    RunReport report = story.reports().getFirst();
    assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(report.reason()).contains(reason);
    assertThat(report.did()).isEmpty();
    assertThat(story.changes()).isZero();
  }
}
