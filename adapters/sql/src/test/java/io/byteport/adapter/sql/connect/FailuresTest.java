package io.byteport.adapter.sql.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.adapter.sql.Rig;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {

  private static Endpoint endpoint(String type) throws ActionException {
    return Endpoint.of(Rig.entry(type, "appdb", Map.of("address", "pg-1:5432/appdb"), ""));
  }

  /** PostgreSQL by SQLSTATE, MySQL by its own numbers too; what a change may have done. */
  @ParameterizedTest
  @CsvSource({
    "53300, 0, REFUSED, NONE",
    "28P01, 0, FORBIDDEN, NONE",
    "28000, 0, FORBIDDEN, NONE",
    "42501, 0, FORBIDDEN, NONE",
    "3D000, 0, NOT_FOUND, NONE",
    "42601, 0, INVALID, NONE",
    "42P01, 0, INVALID, NONE",
    "22P02, 0, INVALID, NONE",
    "25006, 0, INVALID, NONE",
    "55P03, 0, REFUSED, NONE",
    "40001, 0, CONFLICT, NONE",
    "40P01, 0, CONFLICT, NONE",
    "57014, 0, CANCELLED, UNKNOWN",
    "57P01, 0, UNREACHABLE, UNKNOWN",
    "57P03, 0, UNREACHABLE, UNKNOWN",
    "08006, 0, UNREACHABLE, UNKNOWN",
    "08001, 0, UNREACHABLE, UNKNOWN",
    "53200, 0, REFUSED, NONE",
    "XX000, 0, UNREACHABLE, NONE",
    "08004, 1040, REFUSED, UNKNOWN",
    "42000, 1203, REFUSED, NONE",
    "28000, 1045, FORBIDDEN, NONE",
    "42000, 1142, FORBIDDEN, NONE",
    "42000, 1227, FORBIDDEN, NONE",
    "HY000, 1095, FORBIDDEN, NONE",
    "HY000, 1094, NOT_FOUND, NONE",
    "42000, 1049, NOT_FOUND, NONE",
    "HY000, 1205, REFUSED, NONE",
    "40001, 1213, CONFLICT, NONE",
    "70100, 1317, CANCELLED, UNKNOWN",
    "70100, 1969, TIMEOUT, UNKNOWN",
    "HY000, 3024, TIMEOUT, UNKNOWN",
    "25006, 1792, INVALID, NONE",
    "42000, 1064, INVALID, NONE",
  })
  void what_a_server_says_has_one_meaning(String state, int code, FailureKind kind, Effect ofChange)
      throws ActionException {
    SQLException said = new SQLException("no", state, code);
    ActionException change =
        Failures.working(said, "no", endpoint("postgres"), Access.CHANGE, false);
    ActionException read = Failures.working(said, "no", endpoint("postgres"), Access.READ, false);
    ActionException entry = Failures.opening(said, "no", endpoint("postgres"));
    assertThat(change.kind()).isEqualTo(kind);
    assertThat(change.effect()).isEqualTo(ofChange);
    assertThat(read.kind()).isEqualTo(kind);
    assertThat(read.effect()).isEqualTo(Effect.NONE);
    assertThat(entry.effect()).isEqualTo(Effect.NONE);
    assertThat(entry).hasMessage("no (SQLSTATE " + state + "), said appdb at pg-1:5432");
  }

  @Test
  void a_statement_that_was_stopped_when_its_time_was_over_is_late() throws ActionException {
    assertThat(
            Failures.working(
                    new SQLException("no", "57014"), null, endpoint("postgres"), Access.READ, true)
                .kind())
        .isEqualTo(FailureKind.TIMEOUT);
  }

  @ParameterizedTest
  @CsvSource({
    "password authentication failed, FORBIDDEN",
    "SASL authentication failed, FORBIDDEN",
    "not allowed, FORBIDDEN",
    "no more connections allowed (max_client_conn), REFUSED",
    "server conn crashed?, UNREACHABLE",
  })
  void pgbouncer_has_one_sqlstate_and_many_words(String words, FailureKind kind)
      throws ActionException {
    assertThat(
            Failures.opening(new SQLException(words, "08P01"), words, endpoint("pgbouncer")).kind())
        .isEqualTo(kind);
  }

  @Test
  void words_of_a_server_are_one_line_of_bounded_length() {
    assertThat(Failures.tidy("a\nb\u001b[31m\u0000c\u009b")).isEqualTo("a b [31m c");
    assertThat(Failures.tidy("é😀".repeat(10_000)).codePointCount(0, 501)).isLessThan(502);
    assertThat(Failures.tidy("x".repeat(1 << 20))).hasSize(501).endsWith("…");
  }
}
