package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.byteport.dsl.value.Value;
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
    assertThat(told.refused()).isEmpty();
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

  @Test
  void a_deploy_that_a_webhook_calls_failed_is_taken_back_where_the_namespace_allows_it()
      throws Exception {
    Played told = Played.story("failed-deploy", state);
    assertThat(told.reports()).hasSize(1);
    assertThat(told.reports().getFirst().result()).isEqualTo(RunResult.RESOLVED);
    assertThat(told.changes()).isEqualTo(1);
    assertThat(told.refused()).isEmpty();
    assertThat(told.container().path("image").asString())
        .isEqualTo("registry.example.com/api:1.4.0");
  }

  @Test
  void a_deploy_that_a_webhook_calls_failed_stays_where_nobody_has_allowed_a_rollback()
      throws Exception {
    Played told = Played.story("deploy-unasked", state);
    assertThat(told.reports().getFirst().result()).isEqualTo(RunResult.ESCALATED);
    assertThat(told.changes()).isZero();
    assertThat(told.refused()).isEmpty();
  }

  @Test
  void a_site_that_a_deploy_took_down_gets_the_commit_before_it() throws Exception {
    Played told = Played.story("broken-deploy", state);
    RunReport report = only(told, "health_down", 0.90);
    assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(report.did()).containsExactly("rolled back to abc1234f");
    assertThat(told.provided()).containsExactly("POST /render/services/srv-checkout0prod/deploys");
    assertThat(report.postmortem())
        .containsEntry("failing_sha", Value.of("d3adb33f"))
        .containsEntry("rolled_back_to", Value.of("abc1234f"))
        .containsEntry("gate", Value.of("health_503_for_over_2m"));
  }

  @Test
  void without_a_commit_that_was_ever_live_nothing_is_deployed() throws Exception {
    Played told = Played.story("first-deploy", state);
    RunReport report = only(told, "health_down", 0.90);
    assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(report.stoppedBy()).isEqualTo("earlier_commit_known");
    assertThat(told.provided()).isEmpty();
  }

  @Test
  void a_build_that_failed_starts_the_workflow_that_rolls_back_once() throws Exception {
    Played told = Played.story("failed-workflow", state);
    RunReport report = only(told, "build_failure", 0.90);
    assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(report.did()).containsExactly("rollback.yml started");
    assertThat(told.provided())
        .containsExactly("POST /github/repos/shop/infra/actions/workflows/rollback.yml/dispatches");
    assertThat(report.notices().getFirst().fields())
        .containsEntry("rollback", "https://github.example.com/shop/infra/actions/runs/9001");
  }

  @Test
  void a_workflow_that_nobody_has_enabled_is_not_started() throws Exception {
    Played told = Played.story("workflow-unasked", state);
    RunReport report = only(told, "build_failure", 0.90);
    assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(report.stoppedBy()).isEqualTo("rollback_is_opted_in");
    assertThat(report.notices().getLast().attachments().get("logs.text"))
        .contains("error Command failed: tsc --build");
    assertThat(told.provided()).isEmpty();
  }

  @Test
  void an_error_that_a_deploy_brought_back_goes_away_with_it() throws Exception {
    Played told = Played.story("regressed-error", state);
    RunReport report = only(told, "deploy_correlation", 0.85);
    assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(report.did()).containsExactly("helm rollback backend 0 -n production");
    assertThat(told.provided()).containsExactly("release srv-backend0prod abc1234f");
  }

  @Test
  void a_command_that_nobody_has_enabled_is_not_run() throws Exception {
    Played told = Played.story("error-unasked", state);
    RunReport report = only(told, "deploy_correlation", 0.85);
    assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(report.stoppedBy()).isEqualTo("rollback_is_opted_in");
    assertThat(report.notices())
        .allSatisfy(
            notice ->
                assertThat(notice.fields())
                    .containsEntry("shortId", "BACKEND-API-7")
                    .containsEntry("events", "1840")
                    .containsEntry("usersAffected", "312"));
    assertThat(told.provided()).isEmpty();
  }

  private static RunReport only(Played told, String classId, double confidence) {
    assertThat(told.reports()).hasSize(1);
    RunReport report = told.reports().getFirst();
    assertThat(report.classId()).isEqualTo(classId);
    assertThat(report.confidence()).isCloseTo(confidence, within(1e-9));
    return report;
  }
}
