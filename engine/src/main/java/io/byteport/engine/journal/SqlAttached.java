package io.byteport.engine.journal;

import io.byteport.engine.run.Event;
import io.byteport.engine.run.RunId;
import io.byteport.engine.signal.Signal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Tells runs how it stands with the alerts that they are about, within a transaction of the
 * caller's. A run that was opened for an alert may be about several: its trouble is over when none
 * of them fires any more. One that was opened for something else is not over with an alert that
 * joined it.
 */
record SqlAttached(SqlJournal journal) {

  /** Whether a run goes on. Nobody else tells it anything before the transaction ends. */
  static boolean isOpen(Connection connection, RunId run) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select finished_at from run where id = ? for update")) {
      select.setString(1, run.value());
      try (ResultSet row = select.executeQuery()) {
        return row.next() && row.getObject(1) == null;
      }
    }
  }

  /** One of its alerts has ended. */
  void ended(Connection connection, RunId run, Instant at) throws SQLException {
    if (isOpen(connection, run)
        && has(connection, run, "outcome = 'opened'")
        && !has(connection, run, "ended_at is null")) {
      tell(connection, run, Signal.Status.RESOLVED, at);
    }
  }

  /** One more alert is its, which fires. Where others have ended, it may think that all is over. */
  void joined(Connection connection, RunId run, Instant at) throws SQLException {
    if (has(connection, run, "ended_at is not null")) {
      tell(connection, run, Signal.Status.FIRING, at);
    }
  }

  private static boolean has(Connection connection, RunId run, String what) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select 1 from alert where run = ? and passes = false and "
                + what
                + " fetch first 1 rows only")) {
      select.setString(1, run.value());
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  private void tell(Connection connection, RunId run, Signal.Status status, Instant at)
      throws SQLException {
    journal.post(connection, run, new Event.SignalChanged(at, status));
    SqlReplicas.wake(connection, run);
  }
}
