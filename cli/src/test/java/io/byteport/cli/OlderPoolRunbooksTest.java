package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunResult;
import io.byteport.engine.spi.Inventory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The earlier generations of runbooks for a full pool, on a real PostgreSQL. */
class OlderPoolRunbooksTest {
  private static final Map<String, String> APPDB = Map.of("database", CrowdedPostgres.NAME);
  private static final Map<String, String> LEAVE =
      Map.of("byteport.io/auto_remediate", "db_query,db_terminate");

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
  }

  private DatabaseBench bench(
      String runbook, Map<String, String> params, Map<String, String> annotations)
      throws Exception {
    return new DatabaseBench(
        folder,
        runbook,
        params,
        new Inventory(List.of(postgres.entry(annotations))),
        (from, to) -> {});
  }

  @Test
  void a_client_that_holds_more_than_two_fifths_of_the_pool_is_named_and_keeps_its_sessions()
      throws Exception {
    for (int i = 0; i < 45; i++) {
      postgres.client("app", "cart");
    }
    for (int i = 0; i < 20; i++) {
      postgres.client("app", "web");
    }
    try (DatabaseBench bench = bench("db_connection_pool_exhausted", Map.of(), Map.of())) {
      RunReport report = bench.incident("pool_timeout", APPDB);

      assertThat(report.classId()).isEqualTo("app_side_leak");
      assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
      assertThat(report.reason()).contains("cart holds 45 connections");
      assertThat(report.did()).isEmpty();
      assertThat(postgres.sessionsOf("cart")).isEqualTo(45);
    }
  }

  @Test
  void stale_transactions_are_ended_within_the_cap_and_a_human_hears_of_it() throws Exception {
    postgres.forget(12, "app", "worker-pool");
    for (int i = 0; i < 20; i++) {
      postgres.client("app", "web");
    }
    try (DatabaseBench bench =
        bench("db_connection_pool_exhausted", Map.of("staleAfter", "1ms"), Map.of())) {
      RunReport report = bench.incident("too_many_connections", APPDB);

      assertThat(report.classId()).isEqualTo("idle_in_transaction_leak");
      assertThat(report.reason()).contains("stopgap");
      assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
      assertThat(postgres.sessionsOf("worker-pool")).isZero();
      assertThat(postgres.sessionsOf("web")).isEqualTo(20);
    }
  }

  @Test
  void of_a_leak_one_session_is_ended_and_the_next_only_two_minutes_later() throws Exception {
    postgres.forget(3, "app", "worker-pool");
    try (DatabaseBench bench =
        bench("connection_pool_exhausted", Map.of("idleAge", "1ms"), LEAVE)) {
      RunReport first = bench.incident("connection_pool_exhausted", APPDB);
      assertThat(first.classId()).isEqualTo("leak");
      assertThat(first.result()).isEqualTo(RunResult.RESOLVED);
      assertThat(postgres.sessionsOf("worker-pool")).isEqualTo(2);

      RunReport second = bench.incident("connection_pool_exhausted", APPDB);
      assertThat(second.stoppedBy()).isEqualTo("one_in_two_minutes");
      assertThat(postgres.sessionsOf("worker-pool")).isEqualTo(2);
    }
  }

  @Test
  void a_session_that_has_written_and_not_committed_is_left_alone() throws Exception {
    Connection writer = postgres.forget(1, "app", "writer").getFirst();
    try (Statement statement = writer.createStatement()) {
      statement.execute("UPDATE stock SET left_over = 0 WHERE id = 1");
    }
    try (DatabaseBench bench =
        bench("connection_pool_exhausted", Map.of("idleAge", "1ms"), LEAVE)) {
      RunReport report = bench.incident("connection_pool_exhausted", APPDB);

      assertThat(report.classId()).isEqualTo("leak");
      assertThat(report.reason()).contains("locks on rows");
      assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
      assertThat(writer.isValid(30)).isTrue();
    }
  }

  @Test
  void without_leave_nobody_looks() throws Exception {
    postgres.forget(1, "app", "worker-pool");
    try (DatabaseBench bench =
        bench("connection_pool_exhausted", Map.of("idleAge", "1ms"), Map.of())) {
      RunReport report = bench.incident("connection_pool_exhausted", APPDB);

      assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
      assertThat(report.reason()).contains("byteport.io/auto_remediate=db_query");
      assertThat(postgres.sessionsOf("worker-pool")).isEqualTo(1);
    }
  }

  @Test
  void one_session_every_two_minutes_is_one_whatever_restarts_meanwhile() throws Exception {
    postgres.forget(5, "app", "worker-pool");
    try (DatabaseBench bench =
        bench("connection_pool_exhausted", Map.of("idleAge", "1ms"), LEAVE)) {
      Instant first = bench.now();
      assertThat(bench.incident("connection_pool_exhausted", APPDB).did()).hasSize(1);
      assertRefused(bench, "one_in_two_minutes", 4);

      bench.restart();
      assertRefused(bench, "one_in_two_minutes", 4);
      bench.pass(Duration.between(bench.now(), first.plusSeconds(119)));
      assertRefused(bench, "one_in_two_minutes", 4);

      bench.pass(Duration.between(bench.now(), first.plusSeconds(120)));
      assertThat(bench.incident("connection_pool_exhausted", APPDB).did()).hasSize(1);
      assertRefused(bench, "one_in_two_minutes", 3);
    }
  }

  private static void assertRefused(DatabaseBench bench, String limit, long left) throws Exception {
    RunReport report = bench.incident("connection_pool_exhausted", APPDB);
    assertThat(report.stoppedBy()).isEqualTo(limit);
    assertThat(report.did()).isEmpty();
    assertThat(postgres.sessionsOf("worker-pool")).isEqualTo(left);
  }

  @Test
  void of_fifty_stale_transactions_twenty_a_minute_are_ended_whatever_restarts_meanwhile()
      throws Exception {
    try (DatabaseBench bench =
        bench("db_connection_pool_exhausted", Map.of("staleAfter", "1ms"), Map.of())) {
      bench.incident("too_many_connections", APPDB); // the connection that is kept
      bench.pass(Duration.ofMinutes(2));
      for (int i = 0; i < 10; i++) {
        postgres.client("app", "web");
      }
      postgres.forget(50, "app", "worker-pool");
      Instant first = bench.now();

      assertEnded(bench, 30);
      assertEnded(bench, 30);
      bench.restart();
      assertEnded(bench, 30);
      bench.pass(Duration.between(bench.now(), first.plusSeconds(59)));
      assertEnded(bench, 30);
      bench.pass(Duration.between(bench.now(), first.plusSeconds(60)));
      assertEnded(bench, 10);
      assertThat(postgres.sessionsOf("web")).isEqualTo(10);
    }
  }

  /** The cap stops it when so many are left. */
  private static void assertEnded(DatabaseBench bench, long left) throws Exception {
    RunReport report = bench.incident("too_many_connections", APPDB);
    assertThat(report.classId()).isEqualTo("idle_in_transaction_leak");
    assertThat(report.stoppedBy()).isEqualTo("kill_cap");
    assertThat(postgres.sessionsOf("worker-pool")).isEqualTo(left);
  }

  @ParameterizedTest
  @CsvSource({
    "db_connection_pool_exhaustion, db_pool_saturated",
    "connection_pool_exhausted, connection_pool_exhausted",
    "db_connection_pool_exhausted, too_many_connections"
  })
  void what_clients_have_said_is_told_and_kept_without_what_they_said_it_about(
      String runbook, String signal) throws Exception {
    postgres.forget(9, "app", "worker-pool");
    CompletableFuture<String> export =
        postgres.busy("export", "SELECT pg_sleep(600), 'kettle of the harbour'");
    RunReport report;
    try (DatabaseBench bench = bench(runbook, Map.of(), LEAVE)) {
      report = bench.incident(signal, APPDB);
    }
    Path file = folder.resolve("incident.test.yaml");
    Program exported =
        Program.run("runs", "export", "-o", file.toString(), "--state", folder.toString());
    assertThat(exported.err()).isEmpty();
    String told = Program.run("runs", "show", "--state", folder.toString()).out();
    assertThat(report.postmortem().toString().toLowerCase(Locale.ROOT)).contains("pg_sleep(?), ?");
    assertThat(Files.readString(file).toLowerCase(Locale.ROOT)).contains("pg_sleep(?), ?");
    assertThat(report.postmortem() + told + Files.readString(file))
        .doesNotContain("kettle", "harbour");
    assertThat(export).isNotDone();
  }
}
