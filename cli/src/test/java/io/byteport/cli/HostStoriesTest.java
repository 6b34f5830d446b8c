package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stories on machines: real engine, real SSH, simulated machine. */
class HostStoriesTest {
  @TempDir private Path state;

  @Test
  void a_disk_full_of_old_logs_is_cleaned_up_and_nothing_else_is_given_up() throws Exception {
    Played told = Played.story("disk-full", state);
    RunReport report = told.reports().getFirst();
    assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(report.classId()).isEqualTo("filling_up");
    assertThat(report.did()).containsExactly("rotate_logs", "compress_logs", "vacuum_journal");
    assertThat(report.summary()).contains("containers: 0B, caches: 0B");
    assertThat(told.changes()).isEqualTo(3);
  }

  @Test
  void a_disk_full_of_data_is_a_humans_who_hears_how_much_is_missing() throws Exception {
    Played told = Played.story("disk-of-data", state);
    RunReport report = told.reports().getFirst();
    assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(report.notices())
        .allSatisfy(
            notice ->
                assertThat(notice.fields())
                    .containsEntry("space needed", "+41 GB")
                    .containsEntry("volume grow", "skipped, allowVolumeGrow is off")
                    .hasEntrySatisfying(
                        "largest directories",
                        largest -> assertThat(largest).startsWith("/var/lib/mysql 164Gi")));
    assertThat(told.changes()).isEqualTo(3);
  }

  @Test
  void a_journal_is_vacuumed_where_the_owners_allow_it() throws Exception {
    Played told = Played.story("journal-full", state);
    RunReport report = told.reports().getFirst();
    assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(report.did()).containsExactly("journal vacuum");
    assertThat(told.changes()).isEqualTo(1);
  }

  @Test
  void a_journal_stays_where_nobody_has_allowed_it() throws Exception {
    Played told = Played.story("journal-unasked", state);
    RunReport report = told.reports().getFirst();
    assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(report.stoppedBy()).isEqualTo("owners_allow_it");
    assertThat(told.changes()).isZero();
  }

  @Test
  void a_log_that_grows_without_end_is_cleaned_up_once_a_day() throws Exception {
    Played told = Played.story("trace-flood", state);
    assertThat(told.reports())
        .extracting(RunReport::result)
        .containsExactly(RunResult.RESOLVED, RunResult.ESCALATED);
    assertThat(told.reports().getFirst().did()).containsExactly("rotate_logs");
    assertThat(told.reports().getLast().stoppedBy()).isEqualTo("once_a_day");
    assertThat(told.reports().getLast().did()).isEmpty();
    assertThat(told.changes()).isEqualTo(1);
  }
}
