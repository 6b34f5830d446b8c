package io.byteport.engine.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** How far the ledger's time has come, as a row, within a transaction of the caller's. */
final class SqlLedgerTime {
  private SqlLedgerTime() {}

  static LedgerTime.@Nullable Mark read(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("select at, boot, ticks from ledger_time where id = 1");
        ResultSet row = select.executeQuery()) {
      return row.next()
          ? new LedgerTime.Mark(
              row.getObject(1, OffsetDateTime.class).toInstant(), row.getString(2), row.getLong(3))
          : null;
    }
  }

  /** Never takes it back. */
  static void write(Connection connection, LedgerTime.Mark mark) throws SQLException {
    Instant at = mark.at();
    try (PreparedStatement update =
        connection.prepareStatement(
            "update ledger_time set at = ?, boot = ?, ticks = ? where id = 1 and at <= ?")) {
      update.setObject(1, SqlJournal.time(at));
      update.setString(2, mark.boot());
      update.setLong(3, mark.ticks());
      update.setObject(4, SqlJournal.time(at));
      if (update.executeUpdate() == 1) {
        return;
      }
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into ledger_time (id, at, boot, ticks) values (1, ?, ?, ?) on conflict do"
                + " nothing")) {
      insert.setObject(1, SqlJournal.time(at));
      insert.setObject(2, mark.boot(), Types.VARCHAR);
      insert.setLong(3, mark.ticks());
      insert.executeUpdate();
    }
  }
}
