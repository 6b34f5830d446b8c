package io.byteport.engine.journal;

import io.byteport.engine.run.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.OptionalLong;

/** Who carries which run on, within a transaction of the caller's. */
final class SqlReplicas {
  private SqlReplicas() {}

  /**
   * Takes a run over, unless another process that is alive carries it on, or it has ended.
   *
   * @return the fence under which it is written from now on
   */
  static OptionalLong claim(Connection connection, RunId run, String replica) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update run set fence = fence + 1, replica = ? where id = ? and finished_at is null and"
                + " (replica is null or replica = ? or not exists (select 1 from replica r where"
                + " r.id = run.replica and r.lease_until > ?))")) {
      update.setString(1, replica);
      update.setString(2, run.value());
      update.setString(3, replica);
      update.setObject(4, now(connection));
      if (update.executeUpdate() == 0) {
        return OptionalLong.empty();
      }
    }
    try (PreparedStatement select =
        connection.prepareStatement("select fence from run where id = ?")) {
      select.setString(1, run.value());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return OptionalLong.of(row.getLong(1));
      }
    }
  }

  /** Forgets processes that are gone for good and carry nothing on. */
  static void forgetGone(Connection connection) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "delete from replica where lease_until < ? and not exists (select 1 from run where"
                + " run.replica = replica.id and run.finished_at is null)")) {
      delete.setObject(1, now(connection).minusDays(1));
      delete.executeUpdate();
    }
  }

  /** The database's clock, which all processes share. */
  static OffsetDateTime now(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("select current_timestamp");
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getObject(1, OffsetDateTime.class);
    }
  }
}
