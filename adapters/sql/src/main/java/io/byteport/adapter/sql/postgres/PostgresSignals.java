package io.byteport.adapter.sql.postgres;

import io.byteport.adapter.sql.connect.Endpoint;
import io.byteport.adapter.sql.model.SessionRef;
import io.byteport.adapter.sql.server.Signal;
import io.byteport.adapter.sql.server.Spared;
import io.byteport.adapter.sql.server.Standing;
import io.byteport.engine.spi.ActionException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Ends sessions and their statements. Whether a session is the one that was looked at, and may be
 * touched at all, is decided by the very statement that signals it: nothing can change between the
 * two.
 */
final class PostgresSignals {
  /** The columns by which a session is judged, in the order of the parameters. */
  private static final String JUDGED =
      """
      a.backend_start = ? AS same_session,
      coalesce(a.state_change, a.backend_start) = ? AS same_state,
      a.backend_type = 'client backend' AS client,
      a.pid = pg_backend_pid() OR (a.usename = current_user AND a.application_name = ?) AS ours,
      coalesce(r.rolsuper, true) AS superuser,
      EXISTS (SELECT 1 FROM unnest(?) AS spared(name)
              WHERE left(lower(a.application_name), length(spared.name)) = lower(spared.name)
                 OR left(lower(a.usename::text), length(spared.name)) = lower(spared.name)) AS spared,
      a.state = 'active' AS active, a.query = '<insufficient privilege>' AS hidden
      """;

  private static final String STANDING =
      "SELECT "
          + JUDGED
          + " FROM pg_stat_activity a LEFT JOIN pg_roles r ON r.oid = a.usesysid WHERE a.pid = ?";

  private PostgresSignals() {}

  static boolean send(Connection connection, Signal signal, SessionRef session, Spared spared)
      throws SQLException {
    String sql =
        "SELECT "
            + function(signal)
            + "(it.pid) FROM (SELECT a.pid, "
            + JUDGED
            + " FROM pg_stat_activity a LEFT JOIN pg_roles r ON r.oid = a.usesysid"
            + " WHERE a.pid = ? OFFSET 0) it"
            + " WHERE it.same_session AND it.same_state AND it.client"
            + " AND NOT it.ours AND NOT it.superuser AND NOT it.spared"
            + (signal == Signal.CANCEL ? " AND it.active" : "");
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, session, spared);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  static Standing standing(Connection connection, SessionRef session, Spared spared)
      throws SQLException, ActionException {
    try (PreparedStatement statement = connection.prepareStatement(STANDING)) {
      bind(statement, session, spared);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next() || !row.getBoolean("same_session")) {
          return new Standing.Gone();
        }
        PostgresSessions.checkVisible(row.getBoolean("hidden"));
        if (!row.getBoolean("client")) {
          return new Standing.Protected("is no client's session");
        }
        if (row.getBoolean("ours")) {
          return new Standing.Protected("is our own");
        }
        if (row.getBoolean("superuser")) {
          return new Standing.Protected("is a superuser's");
        }
        if (row.getBoolean("spared")) {
          return new Standing.Protected("belongs to an application or a user that is spared");
        }
        return row.getBoolean("same_state") ? new Standing.Same() : new Standing.MovedOn();
      }
    }
  }

  private static void bind(PreparedStatement statement, SessionRef session, Spared spared)
      throws SQLException {
    statement.setObject(1, OffsetDateTime.ofInstant(session.startedAt(), ZoneOffset.UTC));
    statement.setObject(2, OffsetDateTime.ofInstant(session.stateSince(), ZoneOffset.UTC));
    statement.setString(3, Endpoint.APPLICATION);
    statement.setArray(
        4, statement.getConnection().createArrayOf("text", spared.names().toArray()));
    statement.setLong(5, session.pid());
  }

  private static String function(Signal signal) {
    return switch (signal) {
      case CANCEL -> "pg_cancel_backend";
      case TERMINATE -> "pg_terminate_backend";
    };
  }

  /**
   * The same for psql, for those who are always spared; numbers and times are all that is put in,
   * so that nothing needs quoting.
   */
  static String shown(Signal signal, SessionRef session) {
    String always = "'^(" + String.join("|", Spared.ALWAYS) + ")'";
    return "SELECT "
        + function(signal)
        + "(a.pid) FROM pg_stat_activity a JOIN pg_roles r ON r.oid = a.usesysid WHERE a.pid = "
        + session.pid()
        + " AND a.backend_start = '"
        + session.startedAt()
        + "' AND coalesce(a.state_change, a.backend_start) = '"
        + session.stateSince()
        + "' AND a.backend_type = 'client backend' AND NOT r.rolsuper AND a.application_name !~* "
        + always
        + " AND a.usename !~* "
        + always;
  }
}
