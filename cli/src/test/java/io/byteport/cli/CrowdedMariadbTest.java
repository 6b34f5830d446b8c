package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunResult;
import io.byteport.engine.spi.Inventory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code db_connection_pool_exhausted} on a real MariaDB. */
@Tag("real")
class CrowdedMariadbTest {
  private static final Map<String, String> SHOP = Map.of("database", CrowdedMariadb.NAME);
  private static final Predicate<String> PSQL = command -> command.startsWith("psql");
  private static final String CEILING = "SELECT @@GLOBAL.max_connections";

  @TempDir private Path folder;
  @TempDir private static Path files;
  private static @Nullable CrowdedMariadb started;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(CrowdedMariadb.isInstalled(), "mariadbd is not installed");
    started = CrowdedMariadb.start(files);
  }

  @AfterAll
  static void stop() throws Exception {
    if (started != null) {
      started.close();
    }
  }

  @AfterEach
  void everybodyLeaves() throws Exception {
    CrowdedMariadb server = server();
    server.disconnect();
    until("all clients to be gone", () -> server.sessionsOf("app") == 0);
    server.run("SET GLOBAL max_connections = 50");
  }

  private static CrowdedMariadb server() {
    if (started == null) {
      throw new IllegalStateException("not started");
    }
    return started;
  }

  private static void until(String what, Callable<Boolean> holds) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!holds.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within a minute: " + what);
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private DatabaseBench bench(Map<String, String> params) throws Exception {
    return bench("db_connection_pool_exhausted", params);
  }

  private DatabaseBench bench(String runbook, Map<String, String> params) throws Exception {
    return new DatabaseBench(
        folder,
        runbook,
        params,
        new Inventory(
            List.of(server().entry(Map.of("byteport.io/auto_remediate", "db_query,db_terminate")))),
        (from, to) -> {});
  }

  /** Clients on four machines, none of which holds two fifths of what the server lets in. */
  private static void crowd() throws Exception {
    for (int machine = 1; machine <= 4; machine++) {
      server().clients(9, "app", "web-" + machine, "127.0.0." + (machine + 1));
    }
  }

  @Test
  void stale_transactions_are_ended_but_not_a_proxys_and_a_human_hears_of_it() throws Exception {
    CrowdedMariadb server = server();
    server.forget(8, "app", "worker", "127.0.0.2");
    server.forget(1, "proxysql_app", "proxy", "127.0.0.3");
    server.clients(9, "app", "web", "127.0.0.4");
    until(
        "the transactions to be seen",
        () -> server.count("SELECT count(*) FROM information_schema.innodb_trx") == 9);
    try (DatabaseBench bench = bench(Map.of("staleAfter", "1ms"))) {
      RunReport report = bench.incident("too_many_connections", SHOP);

      assertThat(report.classId()).isEqualTo("idle_in_transaction_leak");
      assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
      assertThat(report.reason()).contains("stopgap");
      assertThat(report.summary()).contains("terminated: 8 iit sessions");
      assertThat(server.sessionsOf("app")).isEqualTo(9);
      assertThat(server.sessionsOf("proxysql_app")).isEqualTo(1);
    }
  }

  @Test
  void of_a_leak_the_oldest_runbook_ends_one_session_and_the_next_only_two_minutes_later()
      throws Exception {
    CrowdedMariadb server = server();
    server.forget(5, "app", "worker", "127.0.0.2");
    until(
        "the transactions to be seen",
        () -> server.count("SELECT count(*) FROM information_schema.innodb_trx") == 5);
    try (DatabaseBench bench = bench("connection_pool_exhausted", Map.of("idleAge", "1ms"))) {
      RunReport report = bench.incident("connection_pool_exhausted", SHOP);
      assertThat(report.classId()).isEqualTo("leak");
      assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
      until("one to have left", () -> server.sessionsOf("app") == 4);

      RunReport next = bench.incident("connection_pool_exhausted", SHOP);
      assertThat(next.stoppedBy()).isEqualTo("one_in_two_minutes");
      assertThat(next.notices())
          .allSatisfy(notice -> assertThat(notice.commands()).noneMatch(PSQL));
      assertThat(server.sessionsOf("app")).isEqualTo(4);
    }
  }

  @Test
  void a_ceiling_that_is_too_low_is_raised_at_once_and_a_human_hears_of_it() throws Exception {
    crowd();
    try (DatabaseBench bench = bench(Map.of("dbMaxConnections", "100"))) {
      RunReport report = bench.incident("too_many_connections", SHOP);

      assertThat(report.classId()).isEqualTo("pool_undersized");
      assertThat(report.did()).containsExactly("max_connections 50 → 75");
      assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
      assertThat(report.reason()).contains("stopgap");
      assertThat(server().count(CEILING)).isEqualTo(75);
      assertThat(server().sessionsOf("app")).isEqualTo(36);
    }
  }

  @Test
  void a_ceiling_stays_where_nobody_has_said_what_the_machine_carries() throws Exception {
    crowd();
    try (DatabaseBench bench = bench(Map.of())) {
      RunReport report = bench.incident("too_many_connections", SHOP);

      assertThat(report.classId()).isEqualTo("pool_undersized");
      assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
      assertThat(report.stoppedBy()).isEqualTo("safe_ceiling");
      assertThat(report.did()).isEmpty();
      assertThat(server().count(CEILING)).isEqualTo(50);
    }
  }

  @Test
  void a_client_that_holds_more_than_two_fifths_is_named_and_keeps_its_sessions() throws Exception {
    server().clients(21, "app", "cart", "127.0.0.2");
    try (DatabaseBench bench = bench(Map.of("dbMaxConnections", "100"))) {
      RunReport report = bench.incident("pool_timeout", SHOP);

      assertThat(report.classId()).isEqualTo("app_side_leak");
      assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
      assertThat(report.reason()).contains("cart holds 21 connections");
      assertThat(report.did()).isEmpty();
      assertThat(server().sessionsOf("app")).isEqualTo(21);
      assertThat(server().count(CEILING)).isEqualTo(50);
    }
  }
}
