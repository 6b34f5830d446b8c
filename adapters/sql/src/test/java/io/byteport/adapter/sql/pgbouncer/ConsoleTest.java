package io.byteport.adapter.sql.pgbouncer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.adapter.sql.Rig;
import io.byteport.adapter.sql.model.Pool;
import io.byteport.adapter.sql.model.PoolClient;
import io.byteport.adapter.sql.model.PoolMode;
import io.byteport.adapter.sql.model.PoolStatistics;
import io.byteport.dsl.value.Value;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConsoleTest {

  @Test
  void nothing_but_show_and_reload_can_ever_be_said_to_a_console() {
    assertThat(Arrays.stream(Command.values()).map(Command::words))
        .containsExactlyInAnyOrder(
            "SHOW POOLS", "SHOW STATS", "SHOW CLIENTS", "SHOW CONFIG", "SHOW DATABASES", "RELOAD");
    assertThat(Arrays.stream(Console.class.getDeclaredMethods()))
        .as("what is said is a Command wherever it is said")
        .filteredOn(method -> List.of("ask", "tell", "shown").contains(method.getName()))
        .hasSize(3)
        .allSatisfy(
            method ->
                assertThat(method.getParameterTypes())
                    .contains(Command.class)
                    .doesNotContain(String.class));
  }

  @Test
  void a_database_without_a_pooler_answers_nothing_and_cannot_be_reloaded() throws Exception {
    try (Rig rig = new Rig(Rig.entry("postgres", "appdb", Map.of("address", "localhost"), ""))) {
      Map<String, Value> database = Map.of("database", Value.of("appdb"));
      for (String read : List.of("pgbouncer.pools", "pgbouncer.clients", "pgbouncer.stats")) {
        Record answer = rig.read(read, database);
        assertThat(answer == null).as(read).isTrue();
      }
      assertThatThrownBy(() -> rig.prepare("pgbouncer.reload", database))
          .hasMessage("the inventory names no pooler for `appdb`");
    }
  }

  @Test
  void a_pooler_that_is_none_is_a_mistake_of_the_inventory() {
    try (Rig rig =
        new Rig(Rig.entry("postgres", "appdb", Map.of("address", "a", "pooler", "appdb"), ""))) {
      assertThatThrownBy(() -> rig.read("pgbouncer.pools", Map.of("database", Value.of("appdb"))))
          .hasMessageContaining("to be of the type pgbouncer, found postgres");
    }
  }

  @Test
  void the_command_of_a_dry_run_goes_to_the_console() {
    try (Rig rig =
        new Rig(
            Rig.entry("postgres", "appdb", Map.of("address", "pg-1/appdb", "pooler", "front"), ""),
            Rig.entry(
                "pgbouncer", "front", Map.of("address", "pg-1", "username", "byteport"), "x"))) {
      assertThat(rig.command("pgbouncer.reload", Map.of("database", Value.of("appdb"))))
          .containsExactly(
              "psql", "host=pg-1 port=6432 dbname=pgbouncer user=byteport", "-c", "RELOAD;");
    }
  }

  @Test
  void a_database_is_known_by_every_name_under_which_it_is_offered() {
    List<Map<String, String>> databases =
        List.of(
            Map.of("name", "shop", "database", "appdb"),
            Map.of("name", "appdb", "database", "appdb"),
            Map.of("name", "other", "database", "otherdb"),
            Map.of("name", "pgbouncer", "database", "pgbouncer"));
    assertThat(PoolMapper.names(databases, "appdb")).containsExactlyInAnyOrder("shop", "appdb");
    assertThat(PoolMapper.names(databases, null))
        .containsExactlyInAnyOrder("shop", "appdb", "other");
  }

  @Test
  void rows_become_pools_clients_and_statistics() {
    Set<String> shop = Set.of("shop");
    assertThat(
            PoolMapper.pools(
                List.of(
                    Map.of(
                        "database",
                        "shop",
                        "user",
                        "app",
                        "pool_mode",
                        "session",
                        "cl_active",
                        "3",
                        "cl_waiting",
                        "2",
                        "sv_active",
                        "3",
                        "sv_idle",
                        "1",
                        "maxwait",
                        "4",
                        "maxwait_us",
                        "500000"),
                    Map.of("database", "other", "user", "app")),
                shop))
        .containsExactly(
            new Pool("shop", "app", PoolMode.SESSION, 3, 2, 3, 1, Duration.ofMillis(4_500)));
    assertThat(
            PoolMapper.clients(
                List.of(
                    Map.of(
                        "database",
                        "shop",
                        "user",
                        "app",
                        "state",
                        "waiting",
                        "application_name",
                        "a",
                        "addr",
                        "10.0.0.1",
                        "wait",
                        "1",
                        "wait_us",
                        "5"),
                    Map.of("database", "shop", "user", "app", "state", "active")),
                shop))
        .containsExactly(
            new PoolClient("shop", "app", "a", "10.0.0.1", true, Duration.ofNanos(1_000_005_000)),
            new PoolClient("shop", "app", "", null, false, Duration.ZERO));
    assertThat(
            PoolMapper.statistics(
                List.of(
                    Map.of(
                        "database",
                        "shop",
                        "total_query_count",
                        "12",
                        "avg_query_time",
                        "250",
                        "avg_wait_time",
                        "nonsense")),
                shop))
        .containsExactly(new PoolStatistics("shop", 12, Duration.ofNanos(250_000), Duration.ZERO));
  }
}
