package io.byteport.adapter.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.adapter.sql.Rig;
import io.byteport.adapter.sql.connect.Pause;
import io.byteport.adapter.sql.model.Replica;
import io.byteport.adapter.sql.model.ReplicaState;
import io.byteport.adapter.sql.model.ReplicationSlot;
import io.byteport.adapter.sql.model.Session;
import io.byteport.adapter.sql.model.SessionState;
import io.byteport.adapter.sql.model.SlotKind;
import io.byteport.adapter.sql.model.WalStatus;
import io.byteport.adapter.sql.read.ReadReplication;
import io.byteport.adapter.sql.read.ReadReplicationConflicts;
import io.byteport.adapter.sql.read.ReadReplicationSlots;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Inventory.Entry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A primary with a real streaming replica. */
class ReplicationTest {
  private static final Map<String, Value> PRIMARY = Map.of("database", Value.of("appdb"));
  private static Standby standby;

  @BeforeAll
  static void start() throws Exception {
    Postgres.run("SELECT pg_create_physical_replication_slot('ro', true)");
    standby = Standby.start("prod-ro-2", "ro");
  }

  @AfterAll
  static void stop() throws Exception {
    standby.close();
    Rig.await(
        "the slot to be free",
        () -> {
          try {
            Postgres.run("SELECT pg_drop_replication_slot('ro')");
            return true;
          } catch (SQLException e) {
            return false;
          }
        });
  }

  private static Entry replica() {
    return Rig.entry(
            "postgres",
            "ro-2",
            Map.of(
                "address", "localhost:" + standby.port() + "/postgres",
                "username", "byteport",
                "replicaOf", "appdb"),
            "")
        .withAliases(List.of("prod-ro-2"));
  }

  private static Rig rig() {
    return new Rig(Postgres.entry("appdb", "byteport"), replica());
  }

  private static Replica streaming(Rig rig) throws Exception {
    Rig.await(
        "the replica to stream", () -> senders(rig).stream().anyMatch(ReplicationTest::streams));
    return senders(rig).stream().filter(ReplicationTest::streams).findFirst().orElseThrow();
  }

  private static boolean streams(Replica replica) {
    return replica.state() == ReplicaState.STREAMING;
  }

  private static List<Replica> senders(Rig rig) throws Exception {
    return rig.<ReadReplication.Output>read("sql.replication", PRIMARY).replicas();
  }

  @Test
  void a_replica_is_told_with_its_entry_in_the_inventory() throws Exception {
    try (Rig rig = rig()) {
      Replica replica = streaming(rig);
      assertThat(replica.name()).isEqualTo("prod-ro-2");
      assertThat(replica.database()).isNotNull();
      assertThat(replica.database().name()).isEqualTo("ro-2");
      assertThat(replica.database().replicaOf()).isNotNull();
      assertThat(replica.database().replicaOf().name()).isEqualTo("appdb");
      assertThat(replica.sentLsn()).contains("/");
    }
  }

  @Test
  void what_is_not_replayed_yet_is_the_replay_gap() throws Exception {
    try (Rig rig = rig();
        Connection connection = standby.connect();
        Statement there = connection.createStatement()) {
      streaming(rig);
      there.execute("SELECT pg_wal_replay_pause()");
      try {
        Postgres.run("CREATE TABLE IF NOT EXISTS filler (t text)");
        Postgres.run("INSERT INTO filler SELECT repeat('x', 1000) FROM generate_series(1, 2000)");
        Rig.await(
            "a gap of a megabyte",
            () -> {
              Replica replica = streaming(rig);
              return replica.replayGap().bytes() > 1_000_000
                  && replica.totalGap().bytes() >= replica.replayGap().bytes();
            });
      } finally {
        there.execute("SELECT pg_wal_replay_resume()");
      }
      Rig.await("the replica to catch up", () -> streaming(rig).replayGap().bytes() == 0);
    }
  }

  @Test
  void a_slot_is_told_with_what_it_retains() throws Exception {
    try (Rig rig = rig()) {
      streaming(rig);
      ReadReplicationSlots.Output output = rig.read("sql.replicationSlots", PRIMARY);
      ReplicationSlot slot =
          output.list().stream().filter(one -> one.name().equals("ro")).findFirst().orElseThrow();
      assertThat(slot.kind()).isEqualTo(SlotKind.PHYSICAL);
      assertThat(slot.active()).isTrue();
      assertThat(slot.walStatus()).isEqualTo(WalStatus.RESERVED);
      assertThat(slot.retained()).isNotNull();
    }
  }

  @Test
  void a_query_that_replay_had_to_cancel_between_two_looks_is_counted() throws Exception {
    Postgres.run(
        "CREATE TABLE IF NOT EXISTS contended AS SELECT g FROM generate_series(1, 1000) g");
    Pause conflict = time -> provoke();
    try (Rig rig = new Rig(conflict, Postgres.entry("appdb", "byteport"), replica())) {
      ReadReplicationConflicts.Output output =
          rig.read(
              "sql.replicationConflicts",
              Map.of("database", Value.of("ro-2"), "over", Value.of(Duration.ofSeconds(5))));
      assertThat(output.added()).isGreaterThanOrEqualTo(1);
      assertThat(output.total()).isGreaterThanOrEqualTo(output.added());
      assertThat(output.byDatabase()).containsKey("postgres");
    }
  }

  /** Reads on the replica what the primary then takes away. */
  private static void provoke() {
    try (Connection connection = standby.connect();
        Statement reader = connection.createStatement()) {
      Rig.await("the table to be there", () -> isThere(reader));
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      reader.execute("SELECT count(*) FROM contended");
      Postgres.run("DROP TABLE contended");
      Rig.await("the reader to be cancelled", () -> isCancelled(reader));
      Rig.await("the conflict to be counted", ReplicationTest::isCounted);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isThere(Statement reader) throws SQLException {
    try (ResultSet row = reader.executeQuery("SELECT to_regclass('contended') IS NOT NULL")) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static boolean isCancelled(Statement reader) {
    try {
      reader.execute("SELECT 1");
      return false;
    } catch (SQLException e) {
      return true;
    }
  }

  private static boolean isCounted() throws SQLException {
    try (Connection connection = standby.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT sum(confl_lock + confl_snapshot) FROM pg_stat_database_conflicts")) {
      return row.next() && row.getLong(1) > 0;
    }
  }

  @Test
  void a_wal_sender_is_no_session_and_is_never_ended() throws Exception {
    try (Rig rig = rig();
        Connection connection = Postgres.connect("postgres", "admin");
        Statement statement = connection.createStatement()) {
      streaming(rig);
      assertThat(rig.sessions("appdb"))
          .noneMatch(session -> session.application().equals("prod-ro-2"));
      Session sender;
      try (ResultSet row =
          statement.executeQuery(
              "SELECT pid, backend_start, coalesce(state_change, backend_start) AS since"
                  + " FROM pg_stat_activity WHERE backend_type = 'walsender'")) {
        row.next();
        sender =
            new Session(
                row.getLong("pid"),
                row.getObject("backend_start", OffsetDateTime.class).toInstant(),
                row.getObject("since", OffsetDateTime.class).toInstant(),
                "app",
                "prod-ro-2",
                null,
                "",
                SessionState.ACTIVE,
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
      for (String action : List.of("sql.cancel", "sql.terminate")) {
        assertThatThrownBy(() -> rig.change(action, rig.on("appdb", sender), StructValue.EMPTY))
            .hasMessageContaining("is no client's session");
      }
      assertThat(streaming(rig).state()).isEqualTo(ReplicaState.STREAMING);
    }
  }

  @Test
  void what_only_a_postgresql_knows_is_not_asked_of_others() {
    Entry other = Rig.entry("mysql", "shop", Map.of("address", "localhost:1"), "");
    try (Rig rig = new Rig(other)) {
      assertThatThrownBy(() -> rig.read("sql.replication", Map.of("database", Value.of("shop"))))
          .hasMessage("`sql.replication` cannot be asked of `shop`, which is of the type mysql");
    }
  }
}
