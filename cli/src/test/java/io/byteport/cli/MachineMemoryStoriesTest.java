package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunReport.Notification;
import io.byteport.engine.run.RunResult;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stories of memory and processors on simulated machines, reached over real SSH. */
class MachineMemoryStoriesTest {
  @TempDir private Path state;

  @Test
  void the_unit_that_holds_most_of_the_memory_is_restarted() throws Exception {
    Played told = Played.story("memory-hog", state);
    RunReport report = only(told);
    assertThat(report.classId()).isEqualTo("managed_service");
    assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(report.did()).containsExactly("systemctl restart api-server.service");
    assertThat(report.summary()).contains("usage: 93.9% → 19.9%");
    assertThat(told.changes()).isPositive();
  }

  @Test
  void a_unit_that_was_just_released_is_not_restarted() throws Exception {
    Played told = Played.story("memory-released", state);
    RunReport report = only(told);
    assertThat(report.classId()).isEqualTo("recent_deploy");
    assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(told.changes()).isZero();
  }

  @Test
  @Tag("slow")
  void after_two_restarts_within_half_an_hour_a_human_is_paged() throws Exception {
    Played told = Played.story("memory-leaker", state);
    assertThat(told.reports())
        .extracting(RunReport::result)
        .containsExactly(RunResult.RESOLVED, RunResult.RESOLVED, RunResult.ESCALATED);
    RunReport last = told.reports().getLast();
    assertThat(last.stoppedBy()).isEqualTo("crash_loop");
    assertThat(last.did()).isEmpty();
    assertThat(channels(last)).containsExactlyInAnyOrder("mail", "chat", "page");
  }

  @Test
  void the_oldest_runbook_spares_the_process_before_it_restarts_the_unit() throws Exception {
    RunReport report = only(Played.story("memory-first", state));
    assertThat(report.classId()).isEqualTo("exhaustion");
    assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(report.did()).containsExactly("oom_score_adj -600", "api-server.service restarted");
  }

  @Test
  void where_nobody_has_allowed_it_nothing_is_touched() throws Exception {
    Played told = Played.story("memory-unasked", state);
    RunReport report = only(told);
    assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(report.stoppedBy()).isEqualTo("host_opted_in");
    assertThat(told.changes()).isZero();
    assertThat(channels(report)).containsExactlyInAnyOrder("mail", "issue");
  }

  @Test
  void a_heap_that_is_too_large_is_told_with_the_right_one() throws Exception {
    Played told = Played.story("heap-too-large", state);
    RunReport report = only(told);
    assertThat(report.classId()).isEqualTo("runtime_misconfig");
    assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(report.reason())
        .isEqualTo("The heap of api-server does not fit its limit; 6Gi would");
    assertThat(told.changes()).isZero();
  }

  @Test
  void a_leak_has_its_heap_saved_and_is_restarted_after_a_wait() throws Exception {
    RunReport report = only(Played.story("heap-leak", state));
    assertThat(report.classId()).isEqualTo("memory_leak");
    assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(report.did()).hasSize(2);
    assertThat(report.did().getFirst()).startsWith("heap saved as /var/lib/byteport/heap/");
    assertThat(report.did().getLast()).isEqualTo("systemctl restart api-server.service");
    assertThat(report.summary()).contains("RSS: 91.6% → 14.6%", "resolved in 30s");
  }

  @Test
  void memory_that_rises_with_the_requests_is_for_a_human() throws Exception {
    Played told = Played.story("heap-of-traffic", state);
    RunReport report = only(told);
    assertThat(report.classId()).isEqualTo("traffic_spike");
    assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(report.reason()).contains("Traffic needs more memory than the host has");
    assertThat(told.changes()).isZero();
    assertThat(channels(report)).containsExactlyInAnyOrder("mail", "issue");
  }

  @Test
  void a_process_in_circles_is_made_nice_and_then_restarted() throws Exception {
    RunReport report = only(Played.story("cpu-hog", state));
    assertThat(report.classId()).isEqualTo("sustained");
    assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(report.did())
        .containsExactly("oom_score_adj -300 applied", "nice 0 → 10", "web.service restarted");
  }

  @Test
  void one_that_nobody_calls_safe_to_restart_is_left_alone() throws Exception {
    Played told = Played.story("cpu-unsafe", state);
    RunReport report = only(told);
    assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(report.stoppedBy()).isEqualTo("safe_to_restart");
    assertThat(told.changes()).isZero();
  }

  private static List<String> channels(RunReport report) {
    return report.notices().stream()
        .map(Notification::channels)
        .flatMap(channels -> channels.keySet().stream())
        .toList();
  }

  private static RunReport only(Played told) {
    assertThat(told.reports()).hasSize(1);
    return told.reports().getFirst();
  }
}
