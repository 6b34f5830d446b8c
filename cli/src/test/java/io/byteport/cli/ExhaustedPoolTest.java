package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunResult;
import io.byteport.engine.run.VirtualTimers;
import io.byteport.engine.spi.Inventory;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code db_connection_pool_exhaustion} on a real PostgreSQL whose connections are taken. */
class ExhaustedPoolTest {
  private static final String RUNBOOK = "db_connection_pool_exhaustion";
  private static final Map<String, String> APPDB = Map.of("database", CrowdedPostgres.NAME);

  private static final String CLIENTS =
      "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
          + " AND usename <> 'byteport' AND pid <> pg_backend_pid()";

  /** A moment counts as long, so that nobody waits for five minutes. */
  private static final Map<String, String> AT_ONCE =
      Map.of("idleInTxAge", "1ms", "queryBudget", "1ms", "trendInterval", "10ms");

  @TempDir private Path folder;
  private static CrowdedPostgres postgres;

  @BeforeAll
  static void start() throws Exception {
    postgres = CrowdedPostgres.start();
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  @AfterEach
  void everybodyLeaves() throws Exception {
    postgres.disconnect();
    until("all clients to be gone", () -> postgres.count(CLIENTS) == 0);
  }

  private DatabaseBench bench(Map<String, String> params, VirtualTimers.Passage passage)
      throws Exception {
    return new DatabaseBench(
        folder, RUNBOOK, params, new Inventory(List.of(postgres.entry(Map.of()))), passage);
  }

  /** As many clients as there is room for beside byteport, of which 91 forget what they began. */
  private List<Connection> fill() throws Exception {
    List<Connection> spared = postgres.forget(2, "app", "pgAdmin 4 - DB:appdb");
    spared.addAll(postgres.forget(2, "postgres", "psql"));
    for (int i = 0; i < 4; i++) {
      spared.add(postgres.client("app", "web"));
    }
    postgres.forget(91, "app", "worker-pool");
    return spared;
  }

  private static void until(String what, Callable<Boolean> holds) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!holds.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within a minute: " + what);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  @Test
  void of_a_hundred_sessions_twenty_a_minute_are_ended_whatever_runs_or_restarts_meanwhile()
      throws Exception {
    try (DatabaseBench bench = bench(AT_ONCE, (from, to) -> {})) {
      bench.incident("db_pool_saturated", APPDB); // the connection that is kept
      bench.pass(Duration.ofMinutes(2));
      List<Connection> spared = fill();

      RunReport first = bench.incident("db_pool_saturated", APPDB);
      assertThat(postgres.sessionsOf("worker-pool")).isEqualTo(71);
      assertThat(first.classId()).isEqualTo("idle_in_tx_backlog");
      assertThat(first.result()).isEqualTo(RunResult.ESCALATED);
      assertThat(first.stoppedBy()).isEqualTo("kill_cap");
      assertThat(first.summary())
          .contains("terminated: 20 sessions (idle >1ms) from `worker-pool`")
          .contains("connections: `99/100` (99%)")
          .contains("utilization after: 79%");
      assertThat(first.postmortem().toString())
          .contains("select ?")
          .doesNotContain("kettle", "harbour");

      RunReport within = bench.incident("db_pool_saturated", APPDB);
      assertThat(within.stoppedBy()).isEqualTo("kill_cap");
      assertThat(postgres.sessionsOf("worker-pool")).isEqualTo(71);

      bench.restart();
      RunReport restarted = bench.incident("db_pool_saturated", APPDB);
      assertThat(restarted.stoppedBy()).isEqualTo("kill_cap");
      assertThat(postgres.sessionsOf("worker-pool")).isEqualTo(71);

      bench.pass(Duration.ofSeconds(61));
      RunReport second = bench.incident("db_pool_saturated", APPDB);
      assertThat(second.stoppedBy()).isEqualTo("kill_cap");
      assertThat(second.summary()).contains("utilization after: 59%");
      assertThat(postgres.sessionsOf("worker-pool")).isEqualTo(51);

      for (Connection client : spared) {
        assertThat(client.isValid(30)).isTrue();
      }
    }
  }

  @Test
  void a_pool_has_room_again_when_what_was_forgotten_is_ended() throws Exception {
    try (DatabaseBench bench = bench(AT_ONCE, (from, to) -> {})) {
      List<Connection> spared = postgres.forget(1, "app", "pgAdmin 4 - DB:appdb");
      spared.addAll(postgres.forget(1, "postgres", "psql"));
      for (int i = 0; i < 60; i++) {
        spared.add(postgres.client("app", "web-" + i));
      }
      postgres.forget(18, "app", "worker-pool");

      RunReport report = bench.incident("idle_in_transaction_backlog", APPDB);

      assertThat(report.classId()).isEqualTo("idle_in_tx_backlog");
      assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
      assertThat(report.summary())
          .contains("connections: `80/100` (80%)", "utilization after: 62%")
          .contains("terminated: 18 sessions");
      assertThat(postgres.sessionsOf("worker-pool")).isZero();
      for (Connection client : spared) {
        assertThat(client.isValid(30)).isTrue();
      }
    }
  }

  @Test
  void long_statements_are_cancelled_and_only_who_does_not_heed_it_loses_the_session()
      throws Exception {
    CompletableFuture<String> report = postgres.busy("report", "SELECT pg_sleep(600)");
    CompletableFuture<String> export = postgres.busy("export", "SELECT pg_sleep(601)");
    CompletableFuture<String> deaf =
        postgres.busy(
            "deaf",
            "DO $$ BEGIN PERFORM pg_sleep(600);"
                + " EXCEPTION WHEN query_canceled THEN PERFORM pg_sleep(600); END $$");
    until("all three to run", () -> active() == 3);
    try (DatabaseBench bench = bench(AT_ONCE, (from, to) -> heeded(report, export))) {
      RunReport ended = bench.incident("db_connection_timeout", APPDB);

      assertThat(ended.classId()).isEqualTo("long_running_query");
      assertThat(ended.did()).hasSize(2);
      assertThat(ended.did().getFirst()).startsWith("cancelled ").contains(",");
      assertThat(ended.summary()).contains("terminated: 1 sessions (running >1ms) from `deaf`");
      assertThat(ended.result()).isEqualTo(RunResult.RESOLVED);
      assertThat(report.get(60, TimeUnit.SECONDS)).isEqualTo("57014");
      assertThat(export.get(60, TimeUnit.SECONDS)).isEqualTo("57014");
      assertThat(deaf.get(60, TimeUnit.SECONDS)).isEqualTo("57P01");
      assertThat(postgres.sessionsOf("report")).isEqualTo(1);
      assertThat(postgres.sessionsOf("deaf")).isZero();
      assertThat(ended.postmortem().toString()).contains("SELECT pg_sleep(?)");
    }
  }

  private long active() throws Exception {
    return postgres.count(
        "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%pg_sleep%'"
            + " AND pid <> pg_backend_pid()");
  }

  /** Time passes only when who was cancelled has noticed. */
  private static void heeded(CompletableFuture<String> one, CompletableFuture<String> other) {
    one.orTimeout(60, TimeUnit.SECONDS).join();
    other.orTimeout(60, TimeUnit.SECONDS).join();
  }

  @Test
  void of_an_application_that_takes_too_much_only_what_idles_in_a_transaction_is_ended()
      throws Exception {
    try (DatabaseBench bench =
        bench(Map.of("fanoutIdleAge", "1ms", "trendInterval", "10ms"), (from, to) -> {})) {
      for (int i = 0; i < 16; i++) {
        postgres.client("app", "cron");
      }
      postgres.forget(4, "app", "cron");
      postgres.forget(3, "app", "web");

      RunReport report = bench.incident("db_too_many_connections", APPDB);

      assertThat(report.classId()).isEqualTo("runaway_cron_fanout");
      assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
      assertThat(postgres.sessionsOf("cron")).isEqualTo(16);
      assertThat(postgres.sessionsOf("web")).isEqualTo(3);
    }
  }
}
