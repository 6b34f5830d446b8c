package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stories about deploys: real engine, real HTTP, simulated cluster and providers. */
class DeployStoriesTest {
  @TempDir private Path state;

  @Test
  void a_release_whose_pods_never_become_ready_is_rolled_back_once() throws Exception {
    Played told = Played.story("bad-release", state);
    RunReport report = only(told, "readiness_never_ready", 0.88);
    assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(report.did()).containsExactly("kubectl rollout undo → rev 2");
    assertThat(told.changes()).isEqualTo(1);
    assertThat(told.container().path("image").asString())
        .isEqualTo("registry.example.com/api:1.4.0");
    assertThat(told.deployment().at("/status/readyReplicas").asInt()).isEqualTo(3);
  }

  @Test
  void a_release_that_argo_cd_keeps_in_sync_is_left_to_a_human() throws Exception {
    Played told = Played.story("synced-release", state);
    RunReport report = only(told, "readiness_never_ready", 0.88);
    assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(report.stoppedBy()).isEqualTo("argocd_is_elsewhere");
    assertThat(report.reason())
        .isEqualTo("Argo CD keeps api in sync (shop) and would put back what is undone");
    assertThat(report.notices().getFirst().commands())
        .contains(
            "argocd app set shop --sync-policy none",
            "kubectl rollout undo deployment/api -n production --to-revision=2");
    assertThat(told.changes()).isZero();
    assertThat(told.container().path("image").asString())
        .isEqualTo("registry.example.com/api:1.5.0");
  }

  private static RunReport only(Played told, String classId, double confidence) {
    assertThat(told.reports()).hasSize(1);
    RunReport report = told.reports().getFirst();
    assertThat(report.classId()).isEqualTo(classId);
    assertThat(report.confidence()).isCloseTo(confidence, within(1e-9));
    return report;
  }
}
