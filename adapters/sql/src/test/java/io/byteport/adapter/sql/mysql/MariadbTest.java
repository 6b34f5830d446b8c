package io.byteport.adapter.sql.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.byteport.adapter.sql.Rig;
import io.byteport.adapter.sql.change.SetParameter;
import io.byteport.adapter.sql.change.SignalSession;
import io.byteport.adapter.sql.model.Session;
import io.byteport.adapter.sql.model.SessionList;
import io.byteport.adapter.sql.model.SessionState;
import io.byteport.adapter.sql.model.Setting;
import io.byteport.adapter.sql.postgres.Hostile;
import io.byteport.adapter.sql.read.QueryRows;
import io.byteport.adapter.sql.read.ReadSessionTrend;
import io.byteport.adapter.sql.read.ReadSettings;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action.Changed;
import io.byteport.engine.spi.Action.Probe;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A real MariaDB. */
@Tag("real")
class MariadbTest {
  private static @Nullable Mariadb server;

  private final List<Connection> open = new ArrayList<>();
  private Rig rig;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(Mariadb.isInstalled(), "mariadbd is not installed");
    server = Mariadb.start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void open() {
    rig = new Rig(server.entry("byteport", "it's secret"));
  }

  @AfterEach
  void close() throws SQLException {
    for (Connection connection : open) {
      connection.close();
    }
    rig.close();
  }

  private Connection client(String user, String program) throws SQLException {
    Connection connection = server.connect(user, user.equals("root") ? "" : "x", "shop", program);
    open.add(connection);
    return connection;
  }

  private Connection idleInTransaction(String user, String program) throws SQLException {
    Connection connection = client(user, program);
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT * FROM stock WHERE id = 2 FOR UPDATE");
    }
    return connection;
  }

  private Optional<Session> find(String program) throws Exception {
    return rig.sessions("shop").stream()
        .filter(session -> session.application().equals(program))
        .findFirst();
  }

  private Session session(String program, SessionState state) throws Exception {
    Rig.await(
        program + " to be " + state,
        () -> find(program).filter(session -> session.state() == state).isPresent());
    return find(program).orElseThrow();
  }

  private CompletableFuture<Throwable> runs(Connection connection, String sql) {
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
                end.complete(new IllegalStateException("it ended by itself"));
              } catch (SQLException e) {
                end.complete(e);
              }
            });
    return end;
  }

  private boolean signalled(String action, Session session) throws Exception {
    return ((SignalSession.Output) rig.change(action, rig.on("shop", session)).output())
        .signalled();
  }

  private static boolean isThere(Connection connection) throws SQLException {
    return connection.isValid(30);
  }

  @Test
  void a_session_that_idles_in_a_transaction_is_found_and_ended() throws Exception {
    Connection stuck = idleInTransaction("app", "worker");
    Session session = session("worker", SessionState.IDLE_IN_TRANSACTION);
    assertThat(session.user()).isEqualTo("app");
    assertThat(session.database()).isEqualTo("shop");
    assertThat(session.client()).isEqualTo("127.0.0.1");
    assertThat(session.rowLocks()).isTrue();
    assertThat(session.superuser()).isFalse();
    assertThat(session.transactionFor()).isNotNull();

    StructValue memo = rig.prepare("sql.terminate", rig.on("shop", session));
    assertThat(rig.probe("sql.terminate", rig.on("shop", session), memo)).isEqualTo(Probe.NOT_DONE);
    assertThat(signalled("sql.terminate", session)).isTrue();
    Rig.await("the session to be gone", () -> find("worker").isEmpty());
    assertThat(rig.probe("sql.terminate", rig.on("shop", session), memo))
        .isEqualTo(Probe.TOOK_EFFECT);
    assertThat(isThere(stuck)).isFalse();
  }

  @Test
  void a_long_query_is_cancelled_and_its_session_lives_on() throws Exception {
    Connection busy = client("app", "report");
    CompletableFuture<Throwable> end =
        runs(busy, "SELECT 'my secret', count(*) FROM seq_1_to_1000000 a, seq_1_to_1000000 b");
    Session session = session("report", SessionState.ACTIVE);
    assertThat(session.query())
        .isEqualTo("SELECT ?, count(*) FROM seq_1_to_1000000 a, seq_1_to_1000000 b");
    assertThat(session.fingerprint())
        .isEqualTo("select ?, count(*) from seq_1_to_1000000 a, seq_1_to_1000000 b");
    assertThat(session.queryFor()).isNotNull();

    assertThat(signalled("sql.cancel", session)).isTrue();

    assertThat(((SQLException) end.get(60, TimeUnit.SECONDS)).getErrorCode()).isEqualTo(1317);
    assertThat(isThere(busy)).isTrue();
  }

  @Test
  void who_waits_for_a_row_is_told_with_who_holds_it() throws Exception {
    idleInTransaction("app", "holder");
    CompletableFuture<Throwable> end =
        runs(client("app", "waiter"), "UPDATE stock SET left_over = 0 WHERE id = 2");
    Rig.await("the waiter to wait", () -> find("waiter").filter(Session::blocked).isPresent());
    Rig.await("the holder to be known", () -> !find("waiter").orElseThrow().blockedBy().isEmpty());
    Session waiter = find("waiter").orElseThrow();
    Session holder = find("holder").orElseThrow();
    assertThat(waiter.blockedBy()).containsExactly(holder.pid());
    assertThat(holder.blocks()).containsExactly(waiter.pid());
    assertThat(signalled("sql.terminate", waiter)).isTrue();
    assertThat(end.get(60, TimeUnit.SECONDS)).isInstanceOf(SQLException.class);
  }

  @Test
  void superusers_and_proxies_are_spared() throws Exception {
    Map<String, String> spared = new LinkedHashMap<>();
    spared.put("admin2", "is a superuser's");
    spared.put("proxysql_app", "is spared");
    for (Map.Entry<String, String> one : spared.entrySet()) {
      Connection connection = idleInTransaction(one.getKey(), "p-" + one.getKey());
      Session session = session("p-" + one.getKey(), SessionState.IDLE_IN_TRANSACTION);
      for (String action : List.of("sql.cancel", "sql.terminate")) {
        assertThatThrownBy(() -> rig.prepare(action, rig.on("shop", session)))
            .isInstanceOfSatisfying(
                ActionException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.FORBIDDEN))
            .hasMessageContaining(one.getValue());
        assertThatThrownBy(() -> rig.change(action, rig.on("shop", session), StructValue.EMPTY))
            .isInstanceOf(ActionException.class);
      }
      assertThat(isThere(connection)).isTrue();
      connection.rollback();
    }
    assertThat(find("p-admin2").orElseThrow().superuser()).isTrue();
  }

  @Test
  void a_session_that_has_moved_on_is_left_alone() throws Exception {
    Connection worker = idleInTransaction("app", "mover");
    Session seen = session("mover", SessionState.IDLE_IN_TRANSACTION);
    Map<String, Value> with = new LinkedHashMap<>(rig.on("shop", seen));
    with.put(
        "session",
        ((StructValue) with.get("session"))
            .with("stateSince", Value.of(seen.stateSince().minusSeconds(5))));
    assertThat(((SignalSession.Output) rig.change("sql.terminate", with).output()).signalled())
        .isFalse();
    assertThat(isThere(worker)).isTrue();
  }

  @Test
  void sessions_keep_their_identity_from_one_look_to_the_next() throws Exception {
    idleInTransaction("app", "steady");
    Session first = session("steady", SessionState.IDLE_IN_TRANSACTION);
    Session second = find("steady").orElseThrow();
    assertThat(second.pid()).isEqualTo(first.pid());
    assertThat(second.startedAt()).isEqualTo(first.startedAt());
    assertThat(Duration.between(first.stateSince(), second.stateSince()).abs())
        .isLessThan(Duration.ofMillis(1_500));
  }

  @Test
  void the_servers_own_threads_are_no_sessions_and_the_limit_is_told() throws Exception {
    SessionList list = rig.read("sql.sessions", Map.of("database", Value.of("shop")));
    assertThat(list.max()).isEqualTo(50);
    assertThat(list.list()).noneMatch(session -> session.user().equals("system user"));
    ReadSessionTrend.Output trend =
        rig.read(
            "sql.sessionTrend",
            Map.of(
                "database", Value.of("shop"),
                "samples", Value.of(2),
                "every", Value.of(Duration.ofMillis(100))));
    assertThat(trend.points()).hasSize(2);
  }

  @Test
  void who_may_not_see_the_sessions_of_others_is_told_so() {
    try (Rig stranger = new Rig(server.entry("stranger", "x"))) {
      assertThatThrownBy(() -> stranger.sessions("shop"))
          .isInstanceOfSatisfying(
              ActionException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.FORBIDDEN))
          .hasMessageContaining("denied");
    }
  }

  @Test
  void a_wrong_password_is_said_by_the_server_and_never_shown() {
    try (Rig wrong = new Rig(server.entry("byteport", "not the password"))) {
      assertThatThrownBy(() -> wrong.sessions("shop"))
          .isInstanceOfSatisfying(
              ActionException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.FORBIDDEN))
          .hasMessageContaining("Access denied")
          .hasMessageNotContaining("not the password");
    }
  }

  @Test
  void a_server_without_room_says_so_itself_and_the_reserve_still_asks() throws Exception {
    rig.sessions("shop");
    SQLException full = null;
    for (int i = 0; i < 60 && full == null; i++) {
      try {
        client("app", "flood");
      } catch (SQLException e) {
        full = e;
      }
    }
    assertThat(full != null).isTrue();
    assertThat(rig.sessions("shop")).hasSizeGreaterThan(40);
    try (Rig late = new Rig(server.entry("stranger", "x"))) {
      assertThatThrownBy(() -> late.sessions("shop"))
          .isInstanceOfSatisfying(
              ActionException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.REFUSED))
          .hasMessageContaining("Too many connections");
    }
  }

  private QueryRows.Output query(String sql, Map<String, String> columns, Value... bind)
      throws ActionException, InterruptedException {
    Map<String, Value> types = new LinkedHashMap<>();
    columns.forEach((name, type) -> types.put(name, Value.of(type)));
    return rig.read(
        "sql.query",
        Map.of(
            "database", Value.of("shop"),
            "sql", Value.of(sql),
            "bind", Value.of(List.of(bind)),
            "columns", Value.of(types)));
  }

  @Test
  void a_query_has_typed_columns_and_what_is_bound_is_data() throws Exception {
    assertThat(
            query(
                    "SELECT id, left_over FROM stock WHERE id = $1",
                    Map.of("id", "integer", "left_over", "number"),
                    Value.of(1))
                .rows())
        .hasSize(1);
    for (String hostile : Hostile.TEXTS) {
      QueryRows.Output output = query("SELECT $1 AS s", Map.of("s", "string"), Value.of(hostile));
      String text = Rig.text(output.rows().getFirst().get("s"));
      assertThat(text.substring(0, Math.min(text.length(), 4_096)))
          .isEqualTo(hostile.substring(0, Math.min(hostile.length(), 4_096)));
    }
    Instant then = Instant.parse("2026-01-02T03:04:05Z");
    assertThat(
            query("SELECT CAST($1 AS DATETIME) AS t", Map.of("t", "instant"), Value.of(then))
                .rows())
        .containsExactly(Map.of("t", Value.of(then)));
  }

  @Test
  void the_server_too_refuses_what_is_not_a_read() throws Exception {
    assertThatThrownBy(
            () -> query("WITH x AS (SELECT 1) SELECT shop.sneaky() AS n", Map.of("n", "integer")))
        .isInstanceOf(ActionException.class);
    try (Connection root = server.connect("root", "", "shop");
        Statement statement = root.createStatement()) {
      statement.execute(
          "CREATE OR REPLACE FUNCTION sneaky() RETURNS INT MODIFIES SQL DATA SQL SECURITY DEFINER"
              + " BEGIN DELETE FROM stock; RETURN 1; END");
      statement.execute("GRANT EXECUTE ON shop.* TO byteport@'127.0.0.1'");
    }
    assertThatThrownBy(() -> query("SELECT shop.sneaky() AS n", Map.of("n", "integer")))
        .isInstanceOfSatisfying(
            ActionException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.INVALID))
        .hasMessageContaining("READ ONLY");
    assertThat(query("SELECT count(*) AS n FROM stock", Map.of("n", "integer")).rows())
        .containsExactly(Map.of("n", Value.of(2)));
  }

  @Test
  void a_statement_is_limited_in_time_by_the_server_itself() {
    rig.within(Duration.ofSeconds(3));
    assertThatThrownBy(
            () ->
                query(
                    "SELECT count(*) AS n FROM seq_1_to_1000000 a, seq_1_to_1000000 b",
                    Map.of("n", "integer")))
        .isInstanceOfSatisfying(
            ActionException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.TIMEOUT));
  }

  @Test
  void a_variable_is_set_until_the_next_start_and_says_so() throws Exception {
    Map<String, Value> with =
        Map.of(
            "database", Value.of("shop"),
            "name", Value.of("max_connections"),
            "value", Value.of("60"));
    StructValue memo = rig.prepare("sql.setParameter", with);
    assertThat(rig.probe("sql.setParameter", with, memo)).isEqualTo(Probe.NOT_DONE);
    Changed<Record> changed = rig.change("sql.setParameter", with, memo);
    assertThat(changed.output()).isEqualTo(new SetParameter.Output("50", "60", false, false));
    assertThat(rig.probe("sql.setParameter", with, memo)).isEqualTo(Probe.TOOK_EFFECT);
    ReadSettings.Output settings =
        rig.read(
            "sql.settings",
            Map.of(
                "database", Value.of("shop"),
                "names", Value.of(List.of(Value.of("max_connections"), Value.of("nonsense")))));
    assertThat(settings.list()).containsExactly(new Setting("max_connections", "60", null));
    assertThat(settings.missing()).containsExactly("nonsense");
    assertThat(rig.command("sql.setParameter", with).getLast())
        .isEqualTo("--execute=SET GLOBAL max_connections = 60");
    try (Connection root = server.connect("root", "", "");
        Statement statement = root.createStatement()) {
      statement.execute("SET GLOBAL max_connections = 50");
    }
  }

  @Test
  void names_that_are_none_and_values_that_are_more_reach_no_statement() {
    for (String hostile : Hostile.TEXTS) {
      assertThatThrownBy(
              () ->
                  rig.prepare(
                      "sql.setParameter",
                      Map.of(
                          "database", Value.of("shop"),
                          "name", Value.of(hostile),
                          "value", Value.of("1"))))
          .hasMessageContaining("has no setting");
      assertThatThrownBy(
              () ->
                  rig.prepare(
                      "sql.setParameter",
                      Map.of(
                          "database", Value.of("shop"),
                          "name", Value.of("max_connections"),
                          "value", Value.of(hostile))))
          .hasMessageContaining("expected a number");
    }
    assertThatThrownBy(
            () ->
                rig.prepare(
                    "sql.setParameter",
                    Map.of(
                        "database", Value.of("shop"),
                        "name", Value.of("init_connect"),
                        "value", Value.of("DROP TABLE stock"))))
        .hasMessageContaining("is a text");
  }

  @Test
  void users_and_databases_of_any_name_arrive_as_data() throws Exception {
    for (String hostile :
        List.of("'; DROP TABLE stock; --", "\\' OR 1=1 #", "line\nbreak", "\u001b[31m", "a`b\"c")) {
      String quoted = "`" + hostile.replace("`", "``") + "`";
      try (Connection root = server.connect("root", "", "");
          Statement statement = root.createStatement()) {
        statement.execute("CREATE DATABASE " + quoted);
        statement.execute("CREATE USER " + quoted + "@'127.0.0.1' IDENTIFIED BY 'x'");
        statement.execute("GRANT SELECT ON *.* TO " + quoted + "@'127.0.0.1'");
      }
      try (Connection connection = server.connect(hostile, "x", "");
          Statement statement = connection.createStatement()) {
        statement.execute("USE " + quoted);
        Session session =
            rig.sessions("shop").stream()
                .filter(one -> one.user().equals(hostile))
                .findFirst()
                .orElseThrow();
        assertThat(session.database()).isEqualTo(hostile);
        assertThat(signalled("sql.terminate", session)).isTrue();
        Rig.await(
            "it to be gone",
            () -> rig.sessions("shop").stream().noneMatch(one -> one.user().equals(hostile)));
        assertThat(isThere(connection)).isFalse();
      }
    }
    assertThat(query("SELECT count(*) AS n FROM stock", Map.of("n", "integer")).rows())
        .containsExactly(Map.of("n", Value.of(2)));
  }
}
