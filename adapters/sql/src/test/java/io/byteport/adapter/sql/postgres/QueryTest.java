package io.byteport.adapter.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.adapter.sql.Rig;
import io.byteport.adapter.sql.read.QueryRows;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code sql.query} on a real server. */
class QueryTest {
  private final Rig rig = new Rig(Postgres.entry("appdb", "byteport"));

  @AfterEach
  void close() {
    rig.close();
  }

  private QueryRows.Output query(String sql, Map<String, String> columns, Value... bind)
      throws ActionException, InterruptedException {
    Map<String, Value> types = new LinkedHashMap<>();
    columns.forEach((name, type) -> types.put(name, Value.of(type)));
    return rig.read(
        "sql.query",
        Map.of(
            "database", Value.of("appdb"),
            "sql", Value.of(sql),
            "bind", Value.of(List.of(bind)),
            "columns", Value.of(types)));
  }

  private static void assertInvalid(ThrowableAssertion query, String why) {
    assertThatThrownBy(query::run)
        .isInstanceOfSatisfying(
            ActionException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(FailureKind.INVALID);
              assertThat(e.effect()).isEqualTo(ActionException.Effect.NONE);
            })
        .hasMessageContaining(why);
  }

  private interface ThrowableAssertion {
    void run() throws Exception;
  }

  @Test
  void columns_have_the_types_that_the_runbook_says() throws Exception {
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("i", "integer");
    columns.put("n", "number");
    columns.put("s", "string");
    columns.put("b", "boolean");
    columns.put("t", "instant");
    columns.put("d", "duration");
    columns.put("z", "size");
    columns.put("l", "list<integer>");
    columns.put("none", "string?");
    QueryRows.Output output =
        query(
            "SELECT 7 AS i, 2.5 AS n, 'x'::text AS s, true AS b, TIMESTAMPTZ '2026-01-02"
                + " 03:04:05.678901Z' AS t, INTERVAL '1 day 2 seconds' AS d, pg_size_bytes('1MB')"
                + " AS z, ARRAY[1, 2] AS l, NULL::text AS none",
            columns);
    assertThat(output.rows())
        .containsExactly(
            Map.of(
                "i", Value.of(7),
                "n", Value.of(2.5),
                "s", Value.of("x"),
                "b", Value.TRUE,
                "t", Value.of(Instant.parse("2026-01-02T03:04:05.678901Z")),
                "d", Value.of(Duration.ofDays(1).plusSeconds(2)),
                "z", Value.of(new DataSize(1 << 20)),
                "l", Value.of(List.of(Value.of(1), Value.of(2))),
                "none", Value.NULL));
    assertThat(output.more()).isFalse();
  }

  @Test
  void what_is_bound_arrives_as_data_whatever_it_is_made_of() throws Exception {
    for (String hostile : Hostile.TEXTS) {
      QueryRows.Output output =
          query(
              "SELECT $1::text AS s, length($1) AS n",
              Map.of("s", "string", "n", "integer"),
              Value.of(hostile));
      String text = Rig.text(output.rows().getFirst().get("s"));
      assertThat(text.substring(0, Math.min(text.length(), 4_096)))
          .isEqualTo(hostile.substring(0, Math.min(hostile.length(), 4_096)));
      assertThat(output.rows().getFirst().get("n"))
          .isEqualTo(Value.of(hostile.codePointCount(0, hostile.length())));
    }
  }

  @Test
  void a_nul_is_refused_and_nothing_else_happens() {
    assertInvalid(() -> query("SELECT $1::text AS s", Map.of("s", "string"), Value.of("a\0b")), "");
  }

  @Test
  void values_of_all_types_can_be_bound() throws Exception {
    QueryRows.Output output =
        query(
            "SELECT $1::integer + 1 AS i, $2 AND true AS b, $3::timestamptz AS t, $4::interval AS"
                + " d, 2 = ANY ($5) AS listed, $6::uuid IS NULL AS nothing",
            Map.of(
                "i",
                "integer",
                "b",
                "boolean",
                "t",
                "instant",
                "d",
                "duration",
                "listed",
                "boolean",
                "nothing",
                "boolean"),
            Value.of(1),
            Value.TRUE,
            Value.of(Instant.EPOCH),
            Value.of(Duration.ofSeconds(90)),
            Value.of(List.of(Value.of(1), Value.of(2))),
            Value.NULL);
    assertThat(output.rows())
        .containsExactly(
            Map.of(
                "i",
                Value.of(2),
                "b",
                Value.TRUE,
                "t",
                Value.of(Instant.EPOCH),
                "d",
                Value.of(Duration.ofSeconds(90)),
                "listed",
                Value.TRUE,
                "nothing",
                Value.TRUE));
  }

  @Test
  void a_thousand_rows_are_read_and_that_there_are_more_is_said() throws Exception {
    Map<String, String> columns = Map.of("n", "integer");
    assertThat(query("SELECT g AS n FROM generate_series(1, 1000) g", columns).more()).isFalse();
    QueryRows.Output more = query("SELECT g AS n FROM generate_series(1, 100000) g", columns);
    assertThat(more.rows()).hasSize(1_000);
    assertThat(more.more()).isTrue();
  }

  @Test
  void a_long_text_is_cut_and_a_flood_of_them_refused() throws Exception {
    QueryRows.Output output = query("SELECT repeat('x', 100000) AS s", Map.of("s", "string"));
    assertThat(Rig.text(output.rows().getFirst().get("s"))).hasSize(4_097);
    assertInvalid(
        () ->
            query(
                "SELECT repeat('x', 4000) AS s FROM generate_series(1, 900)",
                Map.of("s", "string")),
        "select less");
  }

  @Test
  void the_server_too_refuses_what_is_not_a_read() throws Exception {
    assertInvalid(
        () ->
            query(
                "WITH gone AS (DELETE FROM stock RETURNING id) SELECT id FROM gone",
                Map.of("id", "integer")),
        "SQLSTATE 25006");
    Postgres.run(
        "CREATE OR REPLACE FUNCTION sneaky() RETURNS integer LANGUAGE sql AS"
            + " 'DELETE FROM stock RETURNING id'");
    assertInvalid(() -> query("SELECT sneaky() AS id", Map.of("id", "integer")), "SQLSTATE 25006");
    assertThat(query("SELECT count(*) AS n FROM stock", Map.of("n", "integer")).rows())
        .containsExactly(Map.of("n", Value.of(2)));
  }

  @Test
  void nothing_is_left_of_a_query_that_failed_for_the_next_one() throws Exception {
    assertInvalid(() -> query("SELECT nonsense AS n", Map.of("n", "integer")), "SQLSTATE 42703");
    assertThat(
            query("SELECT current_setting('transaction_read_only') AS s", Map.of("s", "string"))
                .rows())
        .containsExactly(Map.of("s", Value.of("on")));
  }

  @Test
  void columns_that_are_not_as_declared_are_a_failure() {
    assertInvalid(() -> query("SELECT 1 AS a", Map.of("b", "integer")), "expected the columns");
    assertInvalid(() -> query("SELECT 'x' AS a", Map.of("a", "integer")), "to be integer");
    assertInvalid(() -> query("SELECT NULL AS a", Map.of("a", "string")), "string?");
    assertInvalid(() -> query("SELECT 1 AS a", Map.of("a", "Session")), "no type of one value");
  }

  @Test
  void a_value_too_few_or_too_many_is_refused() {
    assertInvalid(() -> query("SELECT $1 AS a", Map.of("a", "string")), "takes 1 values");
    assertInvalid(
        () -> query("SELECT 1 AS a", Map.of("a", "integer"), Value.of(1)), "takes 0 values");
  }

  @Test
  void what_we_may_not_read_is_forbidden_in_the_servers_own_words() throws SQLException {
    Postgres.run("CREATE TABLE IF NOT EXISTS salaries (n integer)");
    assertThatThrownBy(() -> query("SELECT n FROM salaries", Map.of("n", "integer")))
        .isInstanceOfSatisfying(
            ActionException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.FORBIDDEN))
        .hasMessage(
            "permission denied for table salaries (SQLSTATE 42501), said appdb at localhost:"
                + Postgres.port());
  }

  @Test
  void a_statement_is_limited_in_time_by_the_server_itself() {
    rig.within(Duration.ofSeconds(2));
    assertThatThrownBy(
            () ->
                query(
                    "SELECT count(*) AS n FROM generate_series(1, 1000000) a,"
                        + " generate_series(1, 1000000) b",
                    Map.of("n", "integer")))
        .isInstanceOfSatisfying(
            ActionException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.TIMEOUT))
        .hasMessageContaining("SQLSTATE 57014")
        .hasMessageContaining("statement timeout");
  }

  @Test
  void a_lock_is_not_waited_for_longer_than_there_is_time() throws Exception {
    rig.within(Duration.ofSeconds(2));
    try (java.sql.Connection holder = Postgres.connect("postgres", "holder")) {
      holder.setAutoCommit(false);
      holder.createStatement().execute("LOCK TABLE stock IN ACCESS EXCLUSIVE MODE");
      assertThatThrownBy(() -> query("SELECT id FROM stock", Map.of("id", "integer")))
          .isInstanceOfSatisfying(
              ActionException.class,
              e -> assertThat(e.kind()).isIn(FailureKind.REFUSED, FailureKind.TIMEOUT));
    }
  }

  @Test
  void a_dry_run_shows_the_statement_with_its_values_ready_to_paste() throws Exception {
    Map<String, Value> with =
        Map.of(
            "database", Value.of("appdb"),
            "sql", Value.of("SELECT $1::text AS s, $2::integer AS n"),
            "bind", Value.of(List.of(Value.of("it's; \\ $(rm) --"), Value.of(3))),
            "columns", Value.of(Map.of("s", Value.of("string"), "n", Value.of("integer"))));
    String statement = rig.command("sql.query", with).getLast();
    assertThat(statement).isEqualTo("SELECT E'it''s; \\\\ $(rm) --'::text AS s, 3::integer AS n");
    assertThat(query(statement, Map.of("s", "string", "n", "integer")).rows())
        .containsExactly(Map.of("s", Value.of("it's; \\ $(rm) --"), "n", Value.of(3)));
  }
}
