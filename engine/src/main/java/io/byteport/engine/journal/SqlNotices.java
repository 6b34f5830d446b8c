package io.byteport.engine.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** When which notice was sent, within a transaction of the caller's. */
final class SqlNotices {
  private SqlNotices() {}

  /** When a notice of this key was sent last; empty for never. */
  static Optional<Instant> sentAt(Connection connection, String key) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select sent_at from notice where name = ?")) {
      select.setString(1, key);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(row.getObject(1, OffsetDateTime.class).toInstant())
            : Optional.empty();
      }
    }
  }

  static boolean record(Connection connection, String key, Instant at) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into notice (name, sent_at) values (?, ?) on conflict do nothing")) {
      insert.setString(1, key);
      insert.setObject(2, SqlJournal.time(at));
      if (insert.executeUpdate() == 1) {
        return true;
      }
    }
    try (PreparedStatement update =
        connection.prepareStatement("update notice set sent_at = ? where name = ?")) {
      update.setObject(1, SqlJournal.time(at));
      update.setString(2, key);
      return update.executeUpdate() == 1;
    }
  }
}
