package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.cli.world.StreamingReplica;
import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunResult;
import io.byteport.engine.run.VirtualTimers;
import io.byteport.engine.spi.Inventory;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code replication_lag} on a real PostgreSQL with a real streaming replica that is late. */
@Tag("slow")
class LateReplicaTest {
  private static final Map<String, String> PRIMARY = Map.of("primary", CrowdedPostgres.NAME);
  private static final Map<String, String> LEAVE = Map.of("byteport.io/auto_remediate", "db_query");

  /** One statement that commits all the time, so that there is always something to replay. */
  private static final String FLOOD =
      "DO $$ BEGIN LOOP UPDATE stock SET left_over = left_over + 1; COMMIT;"
          + " PERFORM pg_sleep(0.05); END LOOP; END $$";

  private static final String LATE =
      "SELECT count(*) FROM pg_stat_replication WHERE replay_lag > '1 s'";

  @TempDir private Path folder;
  @TempDir private static Path files;
  private static CrowdedPostgres postgres;
  private static StreamingReplica replica;

  @BeforeAll
  static void start() throws Exception {
    postgres = CrowdedPostgres.start();
    try (Connection administrator = postgres.administrator()) {
      replica =
          StreamingReplica.start(
              EmbeddedPostgres.builder(), administrator, postgres.port(), files.resolve("replica"));
    }
  }

  @AfterAll
  static void stop() throws Exception {
    try {
      if (replica != null) {
        replica.close();
      }
    } finally {
      postgres.close();
    }
  }

  @AfterEach
  void everybodyLeaves() throws Exception {
    postgres.disconnect();
    until("the replica to have caught up", () -> postgres.count(LATE) == 0);
  }

  private DatabaseBench bench(Map<String, String> annotations, VirtualTimers.Passage passage)
      throws Exception {
    return new DatabaseBench(
        folder,
        "replication_lag",
        Map.of("maxLag", "1s", "conflictWindow", "10ms"),
        new Inventory(List.of(postgres.entry(annotations), replica.entry(CrowdedPostgres.NAME))),
        passage);
  }

  private static void until(String what, Callable<Boolean> holds) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(180);
    while (!holds.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within three minutes: " + what);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** A statement that has run for over a minute, which byteport wants to see for itself. */
  private static CompletableFuture<String> longFlood() throws Exception {
    CompletableFuture<String> flood = postgres.busy("importer", FLOOD);
    until(
        "the statement to have run for a minute",
        () ->
            postgres.count(
                    "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'importer'"
                        + " AND state = 'active' AND clock_timestamp() - query_start > '61 s'")
                == 1);
    until("the replica to be late", () -> postgres.count(LATE) == 1);
    return flood;
  }

  /** Time passes when the statement has ended and the replica has replayed what it left. */
  private static void replayed(CompletableFuture<String> flood) {
    flood.orTimeout(60, TimeUnit.SECONDS).join();
    try {
      until("the replica to have caught up", () -> postgres.count(LATE) == 0);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_statement_of_over_a_minute_is_cancelled_by_leave_only_and_the_replica_catches_up()
      throws Exception {
    CompletableFuture<String> flood = longFlood();
    try (DatabaseBench bench = bench(Map.of(), (from, to) -> {})) {
      RunReport report = bench.incident("replication_lag", PRIMARY);

      assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
      assertThat(report.did()).isEmpty();
      assertThat(flood).isNotDone();
    }
    try (DatabaseBench bench = bench(LEAVE, (from, to) -> replayed(flood))) {
      RunReport report = bench.incident("replication_lag", PRIMARY);

      assertThat(report.classId()).isEqualTo("long_query");
      assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
      assertThat(report.did()).contains("pg_cancel_backend issued");
      assertThat(report.did()).doesNotContain("pg_terminate_backend issued");
      assertThat(report.summary())
          .contains("replica: `" + StreamingReplica.NAME + "`", "long-running primary query (PID ");
      assertThat(flood.get(60, TimeUnit.SECONDS)).isEqualTo("57014");
      assertThat(postgres.sessionsOf("importer")).isEqualTo(1);
    }
  }

  private static final String IMPORTS =
      "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'import-%'"
          + " AND state = 'active'";

  @Test
  void three_statements_an_hour_are_touched_whatever_restarts_meanwhile() throws Exception {
    for (int i = 0; i < 4; i++) {
      assertThat(postgres.busy("import-" + i, FLOOD)).isNotDone();
    }
    until(
        "the statements to have run for a minute",
        () -> postgres.count(IMPORTS + " AND clock_timestamp() - query_start > '61 s'") == 4);
    until("the replica to be late", () -> postgres.count(LATE) == 1);
    AtomicLong left = new AtomicLong(4);
    try (DatabaseBench bench = bench(LEAVE, (from, to) -> settled(left.get()))) {
      Instant first = bench.now();
      for (int i = 3; i > 0; i--) {
        left.set(i);
        assertThat(bench.incident("replication_lag", PRIMARY).did())
            .contains("pg_cancel_backend issued");
        assertThat(postgres.count(IMPORTS)).isEqualTo(i);
      }
      assertRefused(bench);
      bench.restart();
      assertRefused(bench);

      bench.pass(Duration.between(bench.now(), first.plus(Duration.ofHours(1))));
      left.set(0);
      RunReport report = bench.incident("replication_lag", PRIMARY);
      assertThat(report.did()).contains("pg_cancel_backend issued");
      assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
    }
  }

  private static void assertRefused(DatabaseBench bench) throws Exception {
    RunReport report = bench.incident("replication_lag", PRIMARY);
    assertThat(report.stoppedBy()).isEqualTo("few_statements");
    assertThat(report.did()).isEmpty();
    assertThat(postgres.count(IMPORTS)).isEqualTo(1);
  }

  /**
   * Time passes when who was cancelled has noticed, and the replica what nobody writes any more.
   */
  private static void settled(long left) {
    try {
      until("statements to have ended", () -> postgres.count(IMPORTS) <= left);
      if (left == 0) {
        until("the replica to have caught up", () -> postgres.count(LATE) == 0);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void where_the_log_does_not_arrive_no_statement_is_touched() throws Exception {
    CompletableFuture<String> flood = postgres.busy("importer", FLOOD);
    until("the replica to be late", () -> postgres.count(LATE) == 1);
    replica.stopReceiver();
    try (DatabaseBench bench = bench(LEAVE, (from, to) -> {})) {
      until(
          "most of the gap to be on its way",
          () ->
              postgres.count(
                      "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'"
                          + " AND pg_wal_lsn_diff(sent_lsn, write_lsn)"
                          + " > 0.8 * pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)")
                  == 1);
      RunReport report = bench.incident("replication_lag", PRIMARY);

      assertThat(report.classId()).isEqualTo("network");
      assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
      assertThat(report.reason()).contains("network to " + StreamingReplica.NAME);
      assertThat(report.did()).isEmpty();
      assertThat(flood).isNotDone();
    } finally {
      replica.resumeReceiver();
    }
  }
}
