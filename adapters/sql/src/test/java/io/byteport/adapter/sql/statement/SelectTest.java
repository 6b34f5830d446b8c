package io.byteport.adapter.sql.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "DELETE FROM t | does not begin with SELECT",
        "EXPLAIN ANALYZE DELETE FROM t | does not begin with SELECT",
        "-- nothing | does not begin with SELECT",
        "SELECT 1; DROP TABLE t | more than one statement",
        "SELECT 1;; | more than one statement",
        "SELECT 1; COMMIT; DROP TABLE t | more than one statement",
        "SELECT 'a\\'; DROP TABLE t; --' | backslash before a quote",
        "SELECT 'never ends | does not end",
        "SELECT /* never ends | does not end",
        "SELECT * INTO copy FROM t | INTO",
        "SELECT * FROM t FOR UPDATE | locks",
        "SELECT * FROM t FOR NO KEY UPDATE | locks",
        "SELECT pg_terminate_backend(1) | pg_terminate_backend",
        "SELECT pg_catalog.PG_Terminate_Backend (1) | pg_terminate_backend",
        "SELECT \"pg_terminate_backend\"(1) | pg_terminate_backend",
        "SELECT pg_cancel_backend/* */(1) | pg_cancel_backend",
        "SELECT U&\"pg\\005fterminate_backend\"(1) | Unicode escapes",
        "SELECT pg_reload_conf() | pg_reload_conf",
        "SELECT pg_sleep(600) | pg_sleep",
        "SELECT set_config('transaction_read_only', 'off', false) | set_config",
        "SELECT query_to_xml('DELETE FROM t', true, true, '') | query_to_xml",
        "SELECT pg_replication_slot_advance('s', '0/0') | pg_replication_slot_advance",
        "SELECT {fn now()} | brace",
        "SELECT $2 | without a gap",
        "SELECT $99999999999 | without a gap",
      })
  void what_is_not_one_statement_that_selects_is_refused(String sql, String why) {
    assertThatThrownBy(() -> Select.parse(sql, Dialect.POSTGRES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "SELECT 1 /*!50000 INTO OUTFILE '/tmp/x' */ | executes",
        "SELECT 1 /*M! INTO DUMPFILE '/tmp/x' */ | executes",
        "SELECT 1 INTO OUTFILE '/tmp/x' | INTO",
        "SELECT SLEEP(100) | sleep",
        "SELECT LOAD_FILE('/etc/passwd') | load_file",
        "SELECT * FROM t LOCK IN SHARE MODE | locks",
        "SELECT ? | parameters are $1",
      })
  void what_mysql_would_do_beyond_reading_is_refused(String sql, String why) {
    assertThatThrownBy(() -> Select.parse(sql, Dialect.MYSQL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void a_nul_and_a_statement_without_end_are_refused() {
    assertThatThrownBy(() -> Select.parse("SELECT 1\0", Dialect.POSTGRES))
        .hasMessageContaining("NUL");
    assertThatThrownBy(() -> Select.parse("SELECT " + "1,".repeat(20_000), Dialect.POSTGRES))
        .hasMessageContaining("longer than");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "select 'a;b', $q$;$q$, \"a;b\" -- ;\n;",
        "WITH x AS (SELECT 1) SELECT * FROM x",
        "SELECT * FROM t WHERE a ? 'b' AND c = 'pg_terminate_backend(1)'",
        "SELECT count(*) FILTER (WHERE state = 'active') FROM pg_stat_activity",
      })
  void one_statement_that_selects_is_taken(String sql) {
    assertThatCode(() -> Select.parse(sql, Dialect.POSTGRES)).doesNotThrowAnyException();
  }

  @Test
  void parameters_are_bound_by_their_numbers_and_operators_are_not_parameters() {
    Select select =
        Select.parse(
            "SELECT $2, '$1', $1 FROM t WHERE doc ? 'k' AND x = $2 -- $3\n", Dialect.POSTGRES);
    assertThat(select.parameters()).isEqualTo(2);
    assertThat(select.order()).containsExactly(2, 1, 2);
    assertThat(select.jdbc())
        .isEqualTo("SELECT ?, '$1', ? FROM t WHERE doc ?? 'k' AND x = ? -- $3");
    assertThat(select.with(number -> "<" + number + ">"))
        .isEqualTo("SELECT <2>, '$1', <1> FROM t WHERE doc ? 'k' AND x = <2> -- $3");
  }
}
