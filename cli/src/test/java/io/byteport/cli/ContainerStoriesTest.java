package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stories of containers that do not get far, neither themselves nor their init containers. */
class ContainerStoriesTest {
  @TempDir private Path state;

  @Test
  void a_release_that_wants_a_port_which_is_taken_is_rolled_back() throws Exception {
    Played told = Played.story("port-conflict", state);
    RunReport report = only(told);
    assertThat(report.summary()).contains("*container_restart_loop*");
    assertThat(report.classId()).isEqualTo("port_conflict");
    assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(report.did())
        .containsExactly("rollout undo to revision 1 (registry.example.com/api:1.4.0)");
    assertThat(told.changes()).isEqualTo(1);
    assertThat(told.container().path("image").asString())
        .isEqualTo("registry.example.com/api:1.4.0");
    assertThat(told.pods().size()).isEqualTo(1);
  }

  @Test
  void what_an_upstream_is_to_blame_for_is_passed_on_and_nothing_is_restarted() throws Exception {
    Played told = Played.story("upstream-down", state);
    RunReport report = only(told);
    assertThat(report.classId()).isEqualTo("dependency_down");
    assertThat(report.result()).isEqualTo(RunResult.HANDED_OFF);
    assertThat(report.handOff())
        .satisfies(
            handed -> {
              assertThat(handed).isNotNull();
              assertThat(handed.signal()).isEqualTo("service_unavailable");
              assertThat(handed.labels())
                  .containsEntry("service", "broker")
                  .containsEntry("port", "5672")
                  .containsEntry("seenBy", "api@api");
            });
    assertThat(told.changes()).isZero();
  }

  @Test
  void an_init_container_that_trips_over_leftovers_gets_a_new_pod() throws Exception {
    Played told = Played.story("init-failure", state);
    RunReport report = only(told);
    assertThat(report.summary()).contains("*crash_loop_backoff*");
    assertThat(report.classId()).isEqualTo("failed_init_container");
    assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(report.did()).containsExactly("pod deleted to initialize anew");
    assertThat(told.changes()).isEqualTo(1);
    assertThat(told.pods().at("/0/status/initContainerStatuses/0/ready").asBoolean()).isTrue();
    assertThat(told.pods().at("/0/status/containerStatuses/0/ready").asBoolean()).isTrue();
  }

  @Test
  void an_init_container_that_waits_for_a_database_is_left_to_a_human() throws Exception {
    Played told = Played.story("init-waits", state);
    RunReport report = only(told);
    assertThat(report.classId()).isEqualTo("failed_init_container");
    assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(report.stoppedBy()).isEqualTo("external_init_failure");
    assertThat(told.changes()).isZero();
    assertThat(report.notices().getFirst().attachments().get("excerpt.text"))
        .contains("dial tcp postgres:5432");
  }

  private static RunReport only(Played told) {
    assertThat(told.reports()).hasSize(1);
    return told.reports().getFirst();
  }
}
