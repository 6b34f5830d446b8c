package io.byteport.adapter.sql.postgres;

import io.byteport.adapter.sql.model.Session;
import io.byteport.adapter.sql.model.SessionCounts;
import io.byteport.adapter.sql.model.SessionList;
import io.byteport.adapter.sql.model.SessionState;
import io.byteport.adapter.sql.statement.Dialect;
import io.byteport.adapter.sql.statement.Fingerprint;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sessions in {@code pg_stat_activity}, all but our own: those of our user that call themselves
 * {@code byteport}, so that asking twice at once does not count as load.
 *
 * @see <a href="https://www.postgresql.org/docs/current/monitoring-stats.html">The statistics
 *     views</a>
 */
final class PostgresSessions {
  private static final int MOST = 5_000;

  /** What a role without pg_monitor sees of the sessions of others. */
  private static final String HIDDEN = "<insufficient privilege>";

  private static final String LIST =
      """
      SELECT a.pid, a.backend_start, coalesce(a.state_change, a.backend_start) AS state_since,
             coalesce(a.usename::text, '') AS username, coalesce(a.application_name, '') AS application,
             coalesce(host(a.client_addr), a.client_hostname) AS client,
             coalesce(a.datname::text, '') AS database, a.state, clock_timestamp() AS now,
             a.query_start, a.xact_start, a.wait_event_type, a.wait_event,
             CASE WHEN a.wait_event_type = 'Lock' THEN pg_blocking_pids(a.pid) END AS blocked_by,
             a.backend_xid IS NOT NULL AS row_locks, left(a.query, 10000) AS query,
             coalesce(r.rolsuper, true) AS superuser
      FROM pg_stat_activity a LEFT JOIN pg_roles r ON r.oid = a.usesysid
      WHERE (a.usename = current_user AND a.application_name = 'byteport') IS NOT TRUE
        AND (a.backend_type = 'client backend' OR a.query = '<insufficient privilege>')
      ORDER BY a.backend_start, a.pid
      LIMIT 5001
      """;

  private static final String COUNT =
      """
      SELECT count(*) AS total,
             count(*) FILTER (WHERE a.state IN ('active', 'fastpath function call')) AS active,
             count(*) FILTER (WHERE a.state = 'idle') AS idle,
             count(*) FILTER (WHERE a.state LIKE 'idle in transaction%') AS idle_in_transaction,
             count(*) FILTER (WHERE a.query = '<insufficient privilege>') AS hidden
      FROM pg_stat_activity a
      WHERE (a.usename = current_user AND a.application_name = 'byteport') IS NOT TRUE
        AND (a.backend_type = 'client backend' OR a.query = '<insufficient privilege>')
      """;

  private static final String ROOM =
      """
      SELECT sum(CASE WHEN name = 'max_connections' THEN setting::integer ELSE 0 END) AS max,
             sum(CASE WHEN name = 'max_connections' THEN 0 ELSE setting::integer END) AS reserved,
             (SELECT count(*) FROM pg_stat_activity
              WHERE backend_type = 'client backend' OR query = '<insufficient privilege>') AS taken
      FROM pg_settings
      WHERE name IN ('max_connections', 'superuser_reserved_connections', 'reserved_connections')
      """;

  private PostgresSessions() {}

  static SessionList list(Connection connection) throws SQLException, ActionException {
    try (Statement statement = connection.createStatement()) {
      int max;
      int reserved;
      int free;
      try (ResultSet room = statement.executeQuery(ROOM)) {
        room.next();
        reserved = room.getInt("reserved");
        max = room.getInt("max") - reserved;
        free = max - room.getInt("taken");
      }
      List<Session> sessions = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery(LIST)) {
        while (rows.next()) {
          sessions.add(session(rows));
        }
      }
      if (sessions.size() > MOST) {
        throw ActionException.refused(
            FailureKind.INVALID, "there are more than " + MOST + " sessions");
      }
      return new SessionList(sessions, max, reserved, free).withBlockers();
    }
  }

  private static Session session(ResultSet row) throws SQLException, ActionException {
    String query = row.getString("query") == null ? "" : row.getString("query");
    checkVisible(query.equals(HIDDEN));
    Instant now = instant(row, "now");
    Instant since = instant(row, "state_since");
    SessionState state = state(row.getString("state"));
    List<Long> blockedBy = pids(row.getArray("blocked_by"));
    String waitEventType = row.getString("wait_event_type");
    return new Session(
        row.getLong("pid"),
        instant(row, "backend_start"),
        since,
        row.getString("username"),
        row.getString("application"),
        row.getString("client"),
        row.getString("database"),
        state,
        between(since, now),
        state == SessionState.ACTIVE ? age(row, "query_start", now) : null,
        age(row, "xact_start", now),
        waitEventType,
        row.getString("wait_event"),
        "Lock".equals(waitEventType),
        blockedBy,
        List.of(),
        row.getBoolean("row_locks"),
        Fingerprint.shown(query, Dialect.POSTGRES),
        query.isBlank() ? null : Fingerprint.of(query, Dialect.POSTGRES),
        row.getBoolean("superuser"));
  }

  static SessionCounts count(Connection connection, Instant at)
      throws SQLException, ActionException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(COUNT)) {
      row.next();
      checkVisible(row.getInt("hidden") > 0);
      return new SessionCounts(
          at,
          row.getInt("total"),
          row.getInt("active"),
          row.getInt("idle"),
          row.getInt("idle_in_transaction"));
    }
  }

  static void checkVisible(boolean hidden) throws ActionException {
    if (hidden) {
      throw ActionException.refused(
          FailureKind.FORBIDDEN,
          "the server hides what the sessions of others are at; grant pg_monitor to our user");
    }
  }

  static SessionState state(@Nullable String state) {
    return switch (state) {
      case "active", "fastpath function call" -> SessionState.ACTIVE;
      case "idle" -> SessionState.IDLE;
      case "idle in transaction", "idle in transaction (aborted)" ->
          SessionState.IDLE_IN_TRANSACTION;
      case null, default -> SessionState.OTHER;
    };
  }

  private static List<Long> pids(@Nullable Array array) throws SQLException {
    List<Long> pids = new ArrayList<>();
    if (array != null) {
      for (Object pid : (Object[]) array.getArray()) {
        pids.add(((Number) pid).longValue());
      }
    }
    return pids;
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static @Nullable Duration age(ResultSet row, String column, Instant now)
      throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : between(at.toInstant(), now);
  }

  private static Duration between(Instant from, Instant to) {
    Duration time = Duration.between(from, to);
    return time.isNegative() ? Duration.ZERO : time;
  }
}
