package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunResult;
import java.nio.file.Path;
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
}
