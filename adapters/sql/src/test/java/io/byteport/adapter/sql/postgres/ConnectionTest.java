package io.byteport.adapter.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.adapter.sql.Rig;
import io.byteport.adapter.sql.read.QueryRows;
import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory.Entry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Getting in, being thrown out, and giving up. */
class ConnectionTest {
  private static final String NAP =
      "SELECT count(*) AS n FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b";

  private static Map<String, Value> query(String sql, String column, String type) {
    return Map.of(
        "database", Value.of("appdb"),
        "sql", Value.of(sql),
        "columns", Value.of(Map.of(column, Value.of(type))));
  }

  private static String text(Rig rig, String sql) throws Exception {
    QueryRows.Output output = rig.read("sql.query", query(sql, "s", "string"));
    return Rig.text(output.rows().getFirst().get("s"));
  }

  private static void assertFails(Rig rig, FailureKind kind, String words) {
    assertThatThrownBy(() -> rig.sessions("appdb"))
        .isInstanceOfSatisfying(
            ActionException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(kind);
              assertThat(e.effect()).isEqualTo(ActionException.Effect.NONE);
            })
        .hasMessageContaining(words);
  }

  private static Rig at(String address, String user, Map<String, String> more) {
    java.util.LinkedHashMap<String, String> settings = new java.util.LinkedHashMap<>(more);
    settings.put("address", address);
    settings.put("username", user);
    return new Rig(Rig.entry("postgres", "appdb", settings, ""));
  }

  @Test
  void we_are_known_to_the_server_by_our_name_and_asked_within_limits() throws Exception {
    try (Rig rig = new Rig(Postgres.entry("appdb", "byteport")).within(Duration.ofSeconds(20))) {
      assertThat(text(rig, "SELECT current_setting('application_name') AS s"))
          .isEqualTo("byteport");
      assertThat(text(rig, "SELECT current_setting('statement_timeout') AS s")).endsWith("ms");
      assertThat(text(rig, "SELECT current_setting('lock_timeout') AS s")).endsWith("ms");
    }
  }

  @Test
  void nobody_there_is_unreachable() throws IOException {
    int port;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
    }
    try (Rig rig = at("127.0.0.1:" + port, "byteport", Map.of())) {
      assertFails(rig, FailureKind.UNREACHABLE, "refused");
    }
  }

  @Test
  void one_who_accepts_and_never_answers_is_given_up_in_time() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Rig rig = at("127.0.0.1:" + mute.getLocalPort(), "byteport", Map.of())) {
      rig.within(Duration.ofSeconds(2));
      assertThatThrownBy(() -> rig.sessions("appdb"))
          .isInstanceOfSatisfying(
              ActionException.class,
              e -> assertThat(e.kind()).isIn(FailureKind.TIMEOUT, FailureKind.UNREACHABLE));
    }
  }

  @Test
  void a_user_or_a_database_that_is_not_there_is_said_by_the_server() {
    try (Rig nobody = at("localhost:" + Postgres.port() + "/postgres", "nobody", Map.of())) {
      assertFails(nobody, FailureKind.FORBIDDEN, "role \"nobody\" does not exist");
    }
    try (Rig nowhere = at("localhost:" + Postgres.port() + "/nowhere", "byteport", Map.of())) {
      assertFails(nowhere, FailureKind.NOT_FOUND, "SQLSTATE 3D000");
    }
  }

  @Test
  void a_server_without_tls_is_refused_where_tls_is_asked_for() {
    for (String mode : new String[] {"require", "verify-ca", "verify-full"}) {
      try (Rig rig =
          at("localhost:" + Postgres.port() + "/postgres", "byteport", Map.of("tls", mode))) {
        assertFails(rig, FailureKind.UNREACHABLE, "SSL");
      }
    }
    try (Rig rig =
        at("localhost:" + Postgres.port() + "/postgres", "byteport", Map.of("tls", "perhaps"))) {
      assertFails(rig, FailureKind.INVALID, "verify-full");
    }
  }

  @Test
  void an_entry_that_is_not_there_or_not_a_database_is_named() {
    Entry cluster = Entry.of("cluster", "appdb", Map.of());
    try (Rig rig = new Rig(cluster)) {
      assertFails(rig, FailureKind.NOT_FOUND, "there is no database `appdb`");
    }
    try (Rig rig = new Rig(Entry.of("database", "appdb", Map.of("address", "localhost")))) {
      assertFails(rig, FailureKind.INVALID, "found `database`");
    }
    try (Rig rig = at("user@host:x/y", "byteport", Map.of())) {
      assertFails(rig, FailureKind.INVALID, "host:port/dbname");
    }
  }

  @Test
  void names_of_databases_and_users_are_names_and_nothing_else() throws SQLException {
    for (String hostile :
        new String[] {
          "x?sslmode=disable&user=postgres",
          "a b'c\"d",
          "db;DROP TABLE stock",
          "../etc",
          "a=b",
          "%2e"
        }) {
      try (Rig rig = at("localhost:" + Postgres.port() + "/" + hostile, "byteport", Map.of())) {
        assertFails(rig, FailureKind.NOT_FOUND, "\"" + hostile + "\" does not exist");
        assertThat(rig.command("sql.sessions", Map.of("database", Value.of("appdb"))))
            .hasSize(4)
            .first()
            .isEqualTo("psql");
      }
      try (Rig rig = at("localhost:" + Postgres.port() + "/postgres", hostile, Map.of())) {
        assertFails(rig, FailureKind.FORBIDDEN, "role \"" + hostile + "\" does not exist");
      }
    }
  }

  @Test
  void a_connection_that_was_cut_is_opened_again() throws Exception {
    try (Rig rig = new Rig(Postgres.entry("appdb", "byteport"))) {
      String pid = text(rig, "SELECT pg_backend_pid()::text AS s");
      Postgres.run("SELECT pg_terminate_backend(" + pid + ")");
      assertThat(text(rig, "SELECT pg_backend_pid()::text AS s")).isNotEqualTo(pid);
    }
  }

  @Test
  void the_reserve_is_one_connection_that_stays() throws Exception {
    try (Rig rig = new Rig(Postgres.entry("appdb", "byteport"))) {
      String pid = text(rig, "SELECT pg_backend_pid()::text AS s");
      assertThat(text(rig, "SELECT pg_backend_pid()::text AS s")).isEqualTo(pid);
      assertThat(text(rig, "SELECT count(*)::text AS s FROM pg_stat_activity WHERE pid = " + pid))
          .isEqualTo("1");
    }
  }

  @Test
  void who_is_interrupted_takes_the_question_back_from_the_server() throws Exception {
    try (Rig rig = new Rig(Postgres.entry("appdb", "byteport"))) {
      CompletableFuture<Throwable> end = new CompletableFuture<>();
      Thread asking =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      rig.read("sql.query", query(NAP, "n", "integer"));
                      end.complete(new IllegalStateException("it was answered"));
                    } catch (ActionException | InterruptedException e) {
                      end.complete(e);
                    }
                  });
      Rig.await("the question to be under way", ConnectionTest::asked);
      asking.interrupt();
      assertThat(end.get(60, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
      Rig.await("the server to have given up", () -> !asked());
      assertThat(text(rig, "SELECT 'still here' AS s")).isEqualTo("still here");
    }
  }

  /** Whether the server is at it. */
  private static boolean asked() throws SQLException {
    try (Connection connection = Postgres.connect("postgres", "watcher");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE state = 'active'"
                    + " AND application_name = 'byteport'"
                    + " AND query LIKE '%generate_series(1, 1000000) b%'")) {
      return row.next() && row.getInt(1) > 0;
    }
  }

  @Test
  void a_question_that_somebody_else_cancelled_is_cancelled_and_not_late() throws Exception {
    try (Rig rig = new Rig(Postgres.entry("appdb", "byteport"))) {
      CompletableFuture<Throwable> end = new CompletableFuture<>();
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  rig.read("sql.query", query(NAP, "n", "integer"));
                  end.complete(new IllegalStateException("it was answered"));
                } catch (ActionException | InterruptedException e) {
                  end.complete(e);
                }
              });
      Rig.await("the question to be under way", ConnectionTest::asked);
      Postgres.run(
          "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE application_name = 'byteport'"
              + " AND query LIKE '%generate_series(1, 1000000) b%' AND pid <> pg_backend_pid()");
      assertThat(end.get(60, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              ActionException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CANCELLED));
    }
  }

  @Test
  void a_closed_adapter_asks_nobody() {
    Rig rig = new Rig(Postgres.entry("appdb", "byteport"));
    rig.close();
    assertFails(rig, FailureKind.CANCELLED, "closed");
  }
}
