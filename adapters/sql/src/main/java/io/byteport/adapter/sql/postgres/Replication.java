package io.byteport.adapter.sql.postgres;

import io.byteport.adapter.sql.connect.Endpoints;
import io.byteport.adapter.sql.model.Replica;
import io.byteport.adapter.sql.model.ReplicaState;
import io.byteport.adapter.sql.model.ReplicationSlot;
import io.byteport.adapter.sql.model.SlotKind;
import io.byteport.adapter.sql.model.SyncState;
import io.byteport.adapter.sql.model.WalStatus;
import io.byteport.dsl.value.DataSize;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** WAL senders, slots, and what replay had to cancel. */
public final class Replication {
  private static final String HERE =
      """
      (SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn()
                   ELSE pg_current_wal_lsn() END AS lsn) here
      """;

  private static final String SENDERS =
      """
      SELECT coalesce(s.application_name, '') AS name,
             coalesce(host(s.client_addr), s.client_hostname) AS client, s.state, s.sync_state,
             s.sent_lsn::text AS sent_lsn, s.write_lsn::text AS write_lsn,
             s.flush_lsn::text AS flush_lsn, s.replay_lsn::text AS replay_lsn,
             pg_wal_lsn_diff(here.lsn, s.sent_lsn) AS send_gap,
             pg_wal_lsn_diff(s.sent_lsn, s.write_lsn) AS write_gap,
             pg_wal_lsn_diff(s.write_lsn, s.flush_lsn) AS flush_gap,
             pg_wal_lsn_diff(s.flush_lsn, s.replay_lsn) AS replay_gap,
             pg_wal_lsn_diff(here.lsn, s.replay_lsn) AS total_gap,
             extract(epoch FROM s.write_lag) AS write_lag,
             extract(epoch FROM s.flush_lag) AS flush_lag,
             extract(epoch FROM s.replay_lag) AS replay_lag,
             extract(epoch FROM clock_timestamp() - s.reply_time) AS reply_age
      FROM pg_stat_replication s CROSS JOIN
      """
          + HERE
          + "ORDER BY s.replay_lag DESC NULLS LAST, total_gap DESC NULLS LAST LIMIT 500";

  private static final String SLOTS =
      """
      SELECT s.slot_name, s.slot_type, s.active, s.wal_status,
             pg_wal_lsn_diff(here.lsn, s.restart_lsn) AS retained
      FROM pg_replication_slots s CROSS JOIN
      """
          + HERE
          + "ORDER BY retained DESC NULLS LAST, s.slot_name LIMIT 500";

  private static final String CONFLICTS =
      """
      SELECT datname, confl_tablespace + confl_lock + confl_snapshot + confl_bufferpin
             + confl_deadlock AS conflicts
      FROM pg_stat_database_conflicts WHERE datname IS NOT NULL ORDER BY datname LIMIT 5000
      """;

  private Replication() {}

  /** Worst replay lag first. */
  public static List<Replica> senders(Connection connection, Endpoints endpoints)
      throws SQLException, ActionException {
    List<Replica> replicas = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SENDERS)) {
      while (row.next()) {
        replicas.add(replica(row, endpoints));
      }
    }
    return replicas;
  }

  private static Replica replica(ResultSet row, Endpoints endpoints)
      throws SQLException, ActionException {
    String state = row.getString("state");
    if (state == null) {
      throw ActionException.refused(
          FailureKind.FORBIDDEN,
          "the server hides what its WAL senders are at; grant pg_monitor to our user");
    }
    String name = row.getString("name");
    return new Replica(
        name,
        endpoints.known(name),
        row.getString("client"),
        ReplicaState.valueOf(state.toUpperCase(Locale.ROOT)),
        SyncState.valueOf(row.getString("sync_state").toUpperCase(Locale.ROOT)),
        row.getString("sent_lsn"),
        row.getString("write_lsn"),
        row.getString("flush_lsn"),
        row.getString("replay_lsn"),
        gap(row, "send_gap"),
        gap(row, "write_gap"),
        gap(row, "flush_gap"),
        gap(row, "replay_gap"),
        gap(row, "total_gap"),
        seconds(row, "write_lag"),
        seconds(row, "flush_lag"),
        seconds(row, "replay_lag"),
        seconds(row, "reply_age"));
  }

  /** The slot that retains most first. */
  public static List<ReplicationSlot> slots(Connection connection) throws SQLException {
    List<ReplicationSlot> slots = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SLOTS)) {
      while (row.next()) {
        String walStatus = row.getString("wal_status");
        slots.add(
            new ReplicationSlot(
                row.getString("slot_name"),
                SlotKind.valueOf(row.getString("slot_type").toUpperCase(Locale.ROOT)),
                row.getBoolean("active"),
                walStatus == null ? null : WalStatus.valueOf(walStatus.toUpperCase(Locale.ROOT)),
                row.getBigDecimal("retained") == null ? null : gap(row, "retained")));
      }
    }
    return slots;
  }

  /** Queries that replay has cancelled since the statistics began, by database. */
  public static Map<String, Long> conflicts(Connection connection) throws SQLException {
    Map<String, Long> conflicts = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(CONFLICTS)) {
      while (row.next()) {
        conflicts.put(row.getString("datname"), row.getLong("conflicts"));
      }
    }
    return conflicts;
  }

  private static DataSize gap(ResultSet row, String column) throws SQLException {
    return new DataSize(
        row.getBigDecimal(column) == null ? 0 : Math.max(0, row.getBigDecimal(column).longValue()));
  }

  private static @Nullable Duration seconds(ResultSet row, String column) throws SQLException {
    double seconds = row.getDouble(column);
    return row.wasNull() ? null : Duration.ofNanos(Math.max(0, (long) (seconds * 1e9)));
  }
}
