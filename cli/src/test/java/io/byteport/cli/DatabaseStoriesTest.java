package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stories about databases: real engine, real PostgreSQL, virtual clock. */
class DatabaseStoriesTest {
  @TempDir private Path state;

  @Test
  void forgotten_transactions_are_ended_and_clients_get_in_again() throws Exception {
    Played story = Played.story("pool-forgotten", state);

    RunReport report = story.reports().getFirst();
    assertThat(report.classId()).isEqualTo("idle_in_tx_backlog");
    assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(story.changes()).isEqualTo(18);
    assertThat(report.summary())
        .contains("18 sessions", "`worker-pool`")
        .as("39 are there, and at times one that just looks")
        .containsPattern("connections: `(39|40)/40`")
        .containsPattern("utilization after: 5[0-9.]+%");
  }

  @Test
  void a_superuser_and_a_console_are_left_alone_and_a_human_is_called() throws Exception {
    Played story = Played.story("pool-consoles", state);

    RunReport report = story.reports().getFirst();
    assertThat(report.classId()).isEqualTo("idle_in_tx_backlog");
    assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(report.reason()).startsWith("Nothing was changed");
    assertThat(story.changes()).isZero();
    assertThat(report.notices().getFirst().commands())
        .isNotEmpty()
        .noneMatch(command -> command.contains("terminate"));
  }

  @Test
  void of_a_leak_one_session_is_ended_and_a_second_only_after_two_minutes() throws Exception {
    Played story = Played.story("pool-leak", state);

    assertThat(story.reports())
        .extracting(RunReport::result)
        .containsExactly(RunResult.RESOLVED, RunResult.ESCALATED);
    assertThat(story.reports()).extracting(RunReport::classId).containsExactly("leak", "leak");
    assertThat(story.reports().getFirst().summary())
        .contains("active: 28 / 40 (70%)", "28 idle-in-transaction > 30s", "now: 27/40");
    assertThat(story.reports().getLast().stoppedBy()).isEqualTo("one_in_two_minutes");
    assertThat(story.changes()).isEqualTo(1);
  }

  @Test
  void who_has_written_and_not_committed_is_left_alone_and_named() throws Exception {
    Played story = Played.story("pool-writer", state);

    RunReport report = story.reports().getFirst();
    assertThat(report.classId()).isEqualTo("leak");
    assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(report.stoppedBy()).isEqualTo("row_locks");
    assertThat(report.reason()).contains("of `stock-taking` holds locks on rows");
    assertThat(story.changes()).isZero();
    assertThat(report.notices().getFirst().commands())
        .anyMatch(command -> command.contains("pg_blocking_pids"))
        .noneMatch(command -> command.contains("terminate"));
  }

  @Test
  void stale_transactions_are_ended_and_a_human_hears_that_it_was_a_stopgap() throws Exception {
    Played story = Played.story("pool-stopgap", state);

    RunReport report = story.reports().getFirst();
    assertThat(report.classId()).isEqualTo("idle_in_transaction_leak");
    assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(report.reason()).contains("The pool has room again", "stopgap");
    assertThat(report.summary()).contains("terminated: 18 iit sessions (>5m) from `worker-pool`");
    assertThat(story.changes()).isEqualTo(18);
  }

  @Test
  void an_application_that_holds_half_of_the_pool_is_named_and_nobody_is_ended() throws Exception {
    Played story = Played.story("pool-held", state);

    RunReport report = story.reports().getFirst();
    assertThat(report.classId()).isEqualTo("app_side_leak");
    assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(report.reason()).contains("cart holds 20 connections");
    assertThat(report.did()).isEmpty();
    assertThat(story.changes()).isZero();
    assertThat(report.notices().getFirst().commands())
        .anyMatch(command -> command.startsWith("psql "))
        .noneMatch(command -> command.startsWith("mysql "));
  }

  @Test
  @Tag("slow")
  void a_statement_that_holds_up_a_replica_is_cancelled_and_the_replica_catches_up()
      throws Exception {
    Played story = Played.story("replica-late", state);

    RunReport report = story.reports().getFirst();
    assertThat(report.classId()).isEqualTo("long_query");
    assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(report.did()).containsExactly("pg_cancel_backend issued");
    assertThat(report.summary()).contains("replica: `prod-ro-2`", "(PID ", ", 10m");
    assertThat(story.changes()).isEqualTo(1);
  }

  @Test
  @Tag("slow")
  void where_the_log_does_not_arrive_no_statement_is_touched() throws Exception {
    Played story = Played.story("replica-cut-off", state);

    RunReport report = story.reports().getFirst();
    assertThat(report.classId()).isEqualTo("network");
    assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(report.reason()).isEqualTo("The network to prod-ro-2 is what holds it up");
    assertThat(story.changes()).isZero();
  }
}
