package io.byteport.adapter.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.adapter.sql.Rig;
import io.byteport.adapter.sql.change.SignalSession;
import io.byteport.adapter.sql.model.Session;
import io.byteport.adapter.sql.model.SessionList;
import io.byteport.adapter.sql.model.SessionState;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action.Probe;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions that are really stuck, found and ended. */
class StuckSessionsTest {
  private static final String DB = "appdb";

  private final Rig rig = new Rig(Postgres.entry(DB, "byteport"));
  private final List<Connection> open = new ArrayList<>();

  @AfterEach
  void close() throws SQLException {
    for (Connection connection : open) {
      connection.close();
    }
    rig.close();
  }

  private Connection client(String application) throws SQLException {
    return client("app", application);
  }

  private Connection client(String user, String application) throws SQLException {
    Connection connection = Postgres.connect(user, application);
    open.add(connection);
    return connection;
  }

  private Connection idleInTransaction(String user, String application) throws SQLException {
    Connection connection = client(user, application);
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT 'my secret', 4711");
    }
    return connection;
  }

  private Session session(String application) throws Exception {
    List<Session> found = new ArrayList<>();
    Rig.await(
        "a session of " + application,
        () -> {
          find(application).ifPresent(found::add);
          return !found.isEmpty();
        });
    return found.getLast();
  }

  private Optional<Session> find(String application) throws Exception {
    return rig.sessions(DB).stream()
        .filter(session -> session.application().equals(application))
        .findFirst();
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

  private static String state(CompletableFuture<Throwable> end) throws Exception {
    return ((SQLException) end.get(60, TimeUnit.SECONDS)).getSQLState();
  }

  private boolean signalled(String action, Session session) throws Exception {
    return ((SignalSession.Output) rig.change(action, rig.on(DB, session)).output()).signalled();
  }

  @Test
  void a_session_that_idles_in_a_transaction_is_found_and_ended() throws Exception {
    Connection stuck = idleInTransaction("app", "worker");
    Session session = session("worker");

    assertThat(session.state()).isEqualTo(SessionState.IDLE_IN_TRANSACTION);
    assertThat(session.user()).isEqualTo("app");
    assertThat(session.database()).isEqualTo("postgres");
    assertThat(session.transactionFor()).isNotNull();
    assertThat(session.queryFor()).isNull();
    assertThat(session.superuser()).isFalse();
    assertThat(session.rowLocks()).isFalse();
    assertThat(session.query()).isEqualTo("SELECT ?, ?");

    StructValue memo = rig.prepare("sql.terminate", rig.on(DB, session));
    assertThat(rig.probe("sql.terminate", rig.on(DB, session), memo)).isEqualTo(Probe.NOT_DONE);
    assertThat(signalled("sql.terminate", session)).isTrue();
    Rig.await("the session to be gone", () -> find("worker").isEmpty());
    assertThat(rig.probe("sql.terminate", rig.on(DB, session), memo)).isEqualTo(Probe.TOOK_EFFECT);
    assertThatThrownBy(() -> stuck.createStatement().execute("SELECT 1"))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void a_long_query_is_cancelled_and_its_session_lives_on() throws Exception {
    Connection busy = client("report");
    CompletableFuture<Throwable> end = runs(busy, "SELECT pg_sleep(600)");
    Rig.await(
        "the query to run",
        () -> find("report").filter(s -> s.state() == SessionState.ACTIVE).isPresent());
    Session session = session("report");
    assertThat(session.queryFor()).isNotNull();
    assertThat(session.fingerprint()).isEqualTo("select pg_sleep(?)");

    assertThat(signalled("sql.cancel", session)).isTrue();

    assertThat(state(end)).isEqualTo("57014");
    assertThat(busy.isValid(30)).isTrue();
    Rig.await(
        "the session to idle",
        () -> find("report").filter(s -> s.state() == SessionState.IDLE).isPresent());
    assertThat(rig.probe("sql.cancel", rig.on(DB, session), StructValue.EMPTY))
        .isEqualTo(Probe.TOOK_EFFECT);
  }

  @Test
  void who_waits_for_a_lock_is_told_with_who_holds_it_and_who_holds_it_with_who_waits()
      throws Exception {
    Connection holder = client("holder");
    holder.setAutoCommit(false);
    try (Statement statement = holder.createStatement()) {
      statement.execute("UPDATE stock SET left_over = left_over - 1 WHERE id = 1");
    }
    CompletableFuture<Throwable> end =
        runs(client("waiter"), "UPDATE stock SET left_over = 0 WHERE id = 1");
    Rig.await("the waiter to wait", () -> find("waiter").filter(Session::blocked).isPresent());

    Session waiter = session("waiter");
    Session held = session("holder");
    assertThat(waiter.blockedBy()).containsExactly(held.pid());
    assertThat(waiter.waitEventType()).isEqualTo("Lock");
    assertThat(held.blocks()).containsExactly(waiter.pid());
    assertThat(held.rowLocks()).isTrue();
    assertThat(held.blocked()).isFalse();

    assertThat(signalled("sql.terminate", waiter)).isTrue();
    assertThat(state(end)).isEqualTo("57P01");
  }

  @Test
  void a_session_that_has_moved_on_since_it_was_looked_at_is_left_alone() throws Exception {
    Connection worker = idleInTransaction("app", "mover");
    Session seen = session("mover");
    try (Statement statement = worker.createStatement()) {
      statement.execute("SELECT 2");
    }
    assertThat(signalled("sql.terminate", seen)).isFalse();
    assertThat(worker.isValid(30)).isTrue();
    assertThat(rig.probe("sql.terminate", rig.on(DB, seen), StructValue.EMPTY))
        .isEqualTo(Probe.NOT_DONE);
  }

  @Test
  void a_number_that_belongs_to_another_session_by_now_is_left_alone() throws Exception {
    Connection worker = idleInTransaction("app", "reused");
    Session seen = session("reused");
    Map<String, Value> with = new LinkedHashMap<>(rig.on(DB, seen));
    with.put(
        "session",
        ((StructValue) with.get("session"))
            .with("startedAt", Value.of(seen.startedAt().minusSeconds(60))));

    SignalSession.Output output = (SignalSession.Output) rig.change("sql.terminate", with).output();

    assertThat(output.signalled()).isFalse();
    assertThat(worker.isValid(30)).isTrue();
  }

  @Test
  void an_idle_session_has_nothing_to_cancel() throws Exception {
    idleInTransaction("app", "idler");
    assertThat(signalled("sql.cancel", session("idler"))).isFalse();
  }

  @Test
  void superusers_are_spared_even_in_the_killing_statement_itself() throws Exception {
    Connection admin = idleInTransaction("postgres", "psql");
    assertSpared("psql", admin, "is a superuser's");
  }

  @Test
  void proxies_consoles_and_cluster_managers_are_spared() throws Exception {
    for (String name :
        List.of("pgbouncer", "pgAdmin 4 - DB:appdb", "admin-proxy", "Patroni on pg-1")) {
      Connection proxy = idleInTransaction("app", name);
      assertSpared(name, proxy, "is spared");
    }
  }

  @Test
  void a_client_cannot_pass_for_another_by_a_user_that_is_spared() throws Exception {
    Postgres.run("DROP ROLE IF EXISTS \"pgbouncer_auth\"");
    Postgres.run("CREATE ROLE \"pgbouncer_auth\" LOGIN");
    Connection proxy = idleInTransaction("pgbouncer_auth", "anything");
    assertSpared("anything", proxy, "is spared");
    proxy.close();
  }

  @Test
  void who_a_runbook_spares_is_spared() throws Exception {
    Connection critical = idleInTransaction("app", "Checkout-7");
    Map<String, Value> with = new LinkedHashMap<>(rig.on(DB, session("Checkout-7")));
    with.put("spare", Value.of(List.of(Value.of("checkout"))));
    assertThatThrownBy(() -> rig.change("sql.terminate", with))
        .isInstanceOfSatisfying(
            ActionException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.FORBIDDEN));
    assertThat(critical.isValid(30)).isTrue();
  }

  @Test
  void a_blank_name_does_not_spare_everybody_unnoticed() throws Exception {
    idleInTransaction("app", "blank");
    Map<String, Value> with = new LinkedHashMap<>(rig.on(DB, session("blank")));
    with.put("spare", Value.of(List.of(Value.of(" "))));
    assertThatThrownBy(() -> rig.change("sql.terminate", with)).hasMessageContaining("is blank");
  }

  @Test
  void our_own_sessions_are_spared() throws Exception {
    Connection own = idleInTransaction("byteport", "byteport");
    Session session;
    try (Statement statement = own.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT pid, backend_start, state_change FROM pg_stat_activity"
                    + " WHERE pid = pg_backend_pid()")) {
      row.next();
      session =
          new Session(
              row.getLong(1),
              row.getObject(2, OffsetDateTime.class).toInstant(),
              row.getObject(3, OffsetDateTime.class).toInstant(),
              "byteport",
              "byteport",
              null,
              "postgres",
              SessionState.IDLE_IN_TRANSACTION,
              Duration.ZERO,
              null,
              null,
              null,
              null,
              false,
              List.of(),
              List.of(),
              false,
              "",
              null,
              false);
    }
    assertThat(rig.sessions(DB)).noneMatch(one -> one.user().equals("byteport"));
    assertThatThrownBy(() -> rig.change("sql.terminate", rig.on(DB, session)))
        .hasMessageContaining("is our own");
    assertThat(own.isValid(30)).isTrue();
  }

  private void assertSpared(String application, Connection connection, String why)
      throws Exception {
    Session session = session(application);
    for (String action : List.of("sql.cancel", "sql.terminate")) {
      assertThatThrownBy(() -> rig.prepare(action, rig.on(DB, session)))
          .isInstanceOfSatisfying(
              ActionException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(FailureKind.FORBIDDEN);
                assertThat(e.effect()).isEqualTo(ActionException.Effect.NONE);
                assertThat(e).hasMessageContaining(why);
              });
      assertThatThrownBy(() -> rig.change(action, rig.on(DB, session), StructValue.EMPTY))
          .isInstanceOf(ActionException.class);
      Postgres.run(rig.command(action, rig.on(DB, session)).getLast());
    }
    assertThat(connection.isValid(30)).isTrue();
  }

  @Test
  void the_command_of_a_dry_run_ends_the_very_session_when_it_is_pasted() throws Exception {
    Connection stuck = idleInTransaction("app", "pasted");
    List<String> command = rig.command("sql.terminate", rig.on(DB, session("pasted")));
    assertThat(command.subList(0, 3))
        .containsExactly(
            "psql",
            "host=localhost port=" + Postgres.port() + " dbname=postgres user=byteport",
            "-c");
    Postgres.run(command.get(3));
    Rig.await("the session to be gone", () -> find("pasted").isEmpty());
    assertThat(stuck.isValid(30)).isFalse();
  }

  @Test
  void the_trend_is_counted_as_often_as_is_asked() throws Exception {
    idleInTransaction("app", "one");
    idleInTransaction("app", "two");
    io.byteport.adapter.sql.read.ReadSessionTrend.Output trend =
        rig.read(
            "sql.sessionTrend",
            Map.of(
                "database", Value.of(DB),
                "samples", Value.of(3),
                "every", Value.of(Duration.ofMillis(100))));
    assertThat(trend.points()).hasSize(3);
    assertThat(trend.points())
        .allSatisfy(p -> assertThat(p.idleInTransaction()).isGreaterThanOrEqualTo(2));
    assertThat(trend.points().get(0).at()).isBefore(trend.points().get(2).at());
  }

  @Test
  void a_trend_that_would_take_longer_than_there_is_time_is_refused_at_once() {
    assertThatThrownBy(
            () ->
                rig.read(
                    "sql.sessionTrend",
                    Map.of(
                        "database", Value.of(DB),
                        "samples", Value.of(4),
                        "every", Value.of(Duration.ofMinutes(1)))))
        .hasMessageContaining("180 s");
  }

  @Test
  void what_a_server_admits_is_told_without_what_it_reserves() throws Exception {
    SessionList list = rig.read("sql.sessions", Map.of("database", Value.of(DB)));
    assertThat(list.reserved()).isEqualTo(3);
    assertThat(list.max()).isEqualTo(Postgres.MAX - 3);
  }

  @Test
  void a_server_that_hides_the_sessions_of_others_is_a_failure_and_not_an_empty_list()
      throws Exception {
    idleInTransaction("app", "hidden");
    session("hidden");
    try (Rig stranger = new Rig(Postgres.entry(DB, "stranger"))) {
      for (String action : List.of("sql.sessions", "sql.sessionTrend")) {
        Map<String, Value> with =
            action.equals("sql.sessions")
                ? Map.of("database", Value.of(DB))
                : Map.of(
                    "database", Value.of(DB),
                    "samples", Value.of(2),
                    "every", Value.of(Duration.ofMillis(100)));
        assertThatThrownBy(() -> stranger.read(action, with))
            .isInstanceOfSatisfying(
                ActionException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.FORBIDDEN))
            .hasMessageContaining("pg_monitor");
      }
    }
  }
}
