package io.byteport.adapter.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.adapter.sql.Rig;
import io.byteport.adapter.sql.model.Session;
import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory.Entry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Names and statements that try to be more than data, through every action. */
class InjectionTest {
  /** Names that a server takes: without NUL, 63 bytes at most. */
  private static final List<String> NAMES =
      List.of(
          "'; DROP TABLE stock; --",
          "\"; DROP TABLE stock; --",
          "\\'; DROP TABLE stock; --",
          "$$ $x$ $1 $(id) `id`",
          "line\nbreak;",
          "\u001b[31mred\u0007",
          "pg/* -- #",
          "${signal.type} %s ?",
          "é漢字😀",
          "a=b dbname=template1 user=postgres");

  private final Rig rig = new Rig(Postgres.entry("appdb", "byteport"));

  @AfterEach
  void close() throws SQLException {
    rig.close();
    assertThat(rows()).as("nothing has happened to the table").isEqualTo(2);
  }

  private static int rows() throws SQLException {
    try (Connection connection = Postgres.connect("postgres", "check");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM stock")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  private static Connection connect(String user, String database) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"localhost"});
    source.setPortNumbers(new int[] {Postgres.port()});
    source.setDatabaseName(database);
    source.setUser(user);
    return source.getConnection();
  }

  private Optional<Session> find(String user) throws Exception {
    return rig.sessions("appdb").stream()
        .filter(session -> session.user().equals(user))
        .findFirst();
  }

  @Test
  void users_and_databases_of_any_name_are_told_and_their_sessions_ended() throws Exception {
    for (String name : NAMES) {
      Postgres.run("CREATE ROLE " + quoted(name) + " LOGIN");
      Postgres.run("CREATE DATABASE " + quoted(name) + " TEMPLATE template0");
      try (Connection connection = connect(name, name);
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.execute("SELECT 1");
        Session session = find(name).orElseThrow();
        assertThat(session.database()).isEqualTo(name);
        assertThat(String.join(" ", rig.command("sql.terminate", rig.on("appdb", session))))
            .doesNotContain(name);
        assertThat(rig.change("sql.terminate", rig.on("appdb", session)).changed()).isTrue();
        Rig.await("the session to be gone", () -> find(name).isEmpty());
      }
      Postgres.run("DROP DATABASE " + quoted(name) + " WITH (FORCE)");
      Postgres.run("DROP ROLE " + quoted(name));
    }
  }

  @Test
  void applications_of_any_name_are_told_and_spared_as_they_are() throws Exception {
    for (String name : NAMES) {
      try (Connection connection = Postgres.connect("app", "plain");
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        try (var set =
            connection.prepareStatement("SELECT set_config('application_name', ?, false)")) {
          set.setString(1, name);
          set.execute();
        }
        statement.execute("SELECT 1");
        String told;
        try (ResultSet row = statement.executeQuery("SHOW application_name")) {
          row.next();
          told = row.getString(1);
        }
        Session session =
            rig.sessions("appdb").stream()
                .filter(one -> one.application().equals(told))
                .findFirst()
                .orElseThrow();
        Map<String, Value> with = new LinkedHashMap<>(rig.on("appdb", session));
        with.put("spare", Value.of(List.of(Value.of(told))));
        assertThatThrownBy(() -> rig.change("sql.terminate", with))
            .isInstanceOfSatisfying(
                ActionException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.FORBIDDEN));
        assertThat(connection.isValid(30)).isTrue();
      }
    }
  }

  @Test
  void names_to_spare_are_data_to_the_killing_statement() throws Exception {
    for (String hostile : Hostile.TEXTS) {
      try (Connection connection = Postgres.connect("app", "plain");
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.execute("SELECT 1");
        Session session =
            rig.sessions("appdb").stream()
                .filter(one -> one.application().equals("plain"))
                .findFirst()
                .orElseThrow();
        Map<String, Value> with = new LinkedHashMap<>(rig.on("appdb", session));
        with.put("spare", Value.of(List.of(Value.of(hostile))));
        assertThat(rig.change("sql.terminate", with).changed()).isTrue();
        Rig.await(
            "the session to be gone",
            () ->
                rig.sessions("appdb").stream().noneMatch(one -> one.application().equals("plain")));
      }
    }
  }

  @Test
  void statements_of_any_text_are_told_without_their_data() throws Exception {
    for (String hostile : Hostile.TEXTS) {
      try (Connection connection = Postgres.connect("app", "talker");
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.setEscapeProcessing(false);
        statement.execute("SELECT '" + hostile.replace("'", "''") + "'");
        Session session =
            rig.sessions("appdb").stream()
                .filter(one -> one.application().equals("talker"))
                .findFirst()
                .orElseThrow();
        assertThat(session.query()).matches("SELECT \\?…?");
        assertThat(session.fingerprint()).matches("select \\?…?");
      }
    }
  }

  @Test
  void what_selects_a_database_is_a_name_of_the_inventory_and_nothing_else() {
    for (String hostile : Hostile.TEXTS) {
      for (String action :
          List.of("sql.sessions", "sql.replication", "sql.replicationSlots", "pgbouncer.pools")) {
        assertThatThrownBy(() -> rig.read(action, Map.of("database", Value.of(hostile))))
            .isInstanceOfSatisfying(
                ActionException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.NOT_FOUND));
      }
    }
  }

  @Test
  void the_database_of_an_entry_is_one_word_of_a_dry_run_whatever_it_is_called() {
    Entry odd =
        Rig.entry(
            "postgres",
            "odd",
            Map.of("address", "localhost:1/x' user=postgres \\", "username", "a b"),
            "");
    try (Rig other = new Rig(odd)) {
      assertThat(other.command("sql.sessions", Map.of("database", Value.of("odd"))).get(1))
          .isEqualTo("host=localhost port=1 dbname='x\\' user=postgres \\\\' user='a b'");
    }
  }
}
