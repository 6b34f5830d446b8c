package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.byteport.dsl.value.Value;
import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunResult;
import io.byteport.engine.run.VirtualTimers;
import io.byteport.engine.spi.Inventory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code db_connection_pool_exhaustion} on clients that wait for a real PgBouncer. */
@Tag("real")
class WaitingClientsTest {
  private static final Map<String, String> APPDB = Map.of("database", CrowdedPostgres.NAME);

  @TempDir private Path journal;
  @TempDir private Path files;
  private CrowdedPostgres postgres;
  private Pooler pooler;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(Installed.find("pgbouncer").isPresent(), "pgbouncer is not installed");
    postgres = CrowdedPostgres.start();
    pooler = Pooler.start(files, postgres.port());
  }

  @AfterEach
  void stop() throws Exception {
    if (pooler != null) {
      pooler.close();
    }
    if (postgres != null) {
      postgres.close();
    }
  }

  private DatabaseBench bench(VirtualTimers.Passage passage) throws Exception {
    Inventory.Entry plain = postgres.entry(Map.of());
    Map<String, Value> settings = new LinkedHashMap<>(plain.settings());
    settings.put("pooler", Value.of(Pooler.NAME));
    Inventory.Entry behind =
        new Inventory.Entry(
            plain.kind(),
            plain.type(),
            plain.name(),
            plain.aliases(),
            settings,
            plain.credentials(),
            plain.labels(),
            plain.annotations());
    return new DatabaseBench(
        journal,
        "db_connection_pool_exhaustion",
        Map.of("trendInterval", "10ms"),
        new Inventory(List.of(behind, pooler.entry())),
        passage);
  }

  /** Holds the only connection of the pool. */
  private static Connection holder(Pooler pooler) throws SQLException {
    Connection holder = pooler.client();
    holder.setAutoCommit(false);
    try (Statement statement = holder.createStatement()) {
      statement.execute("SELECT 1");
    }
    return holder;
  }

  /** Done when the pool has let it through. */
  private CompletableFuture<String> waiter() throws Exception {
    CompletableFuture<String> through = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try (Connection connection = pooler.client();
                  Statement statement = connection.createStatement()) {
                statement.execute("SELECT 2");
                through.complete("through");
              } catch (SQLException e) {
                through.complete(e.getMessage());
              }
            });
    try (Connection console = pooler.console();
        Statement statement = console.createStatement()) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (Pooler.waiting(statement) == 0) {
        assertThat(System.nanoTime()).as("a client waits within a minute").isLessThan(end);
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
    return through;
  }

  @Test
  void what_a_human_has_written_is_read_and_nobody_waits_any_more() throws Exception {
    try (Connection holder = holder(pooler)) {
      CompletableFuture<String> waiter = waiter();
      pooler.configure(3);
      try (DatabaseBench bench =
          bench((from, to) -> waiter.orTimeout(60, TimeUnit.SECONDS).join())) {
        RunReport report = bench.incident("pgbouncer_pool_full", APPDB);

        assertThat(report.classId()).isEqualTo("missing_pgbouncer");
        assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
        assertThat(report.did()).containsExactly("PgBouncer RELOAD");
        assertThat(waiter).isCompletedWithValue("through");
        assertThat(holder.isValid(30)).isTrue();
      }
    }
    assertThat(pooler.asked()).containsOnlyOnce("RELOAD").allMatch(Pooler::reads);
  }

  @Test
  void a_file_that_nobody_has_changed_helps_nobody_and_a_human_is_called() throws Exception {
    try (Connection holder = holder(pooler)) {
      CompletableFuture<String> waiter = waiter();
      try (DatabaseBench bench = bench((from, to) -> {})) {
        RunReport report = bench.incident("pgbouncer_pool_full", APPDB);

        assertThat(report.classId()).isEqualTo("missing_pgbouncer");
        assertThat(report.result()).isEqualTo(RunResult.ESCALATED);
        assertThat(waiter).isNotDone();
        assertThat(report.postmortem().toString()).contains("Raise default_pool_size");
      }
      holder.rollback();
      assertThat(waiter.get(60, TimeUnit.SECONDS)).isEqualTo("through");
    }
    assertThat(pooler.asked()).containsOnlyOnce("RELOAD").allMatch(Pooler::reads);
  }
}
