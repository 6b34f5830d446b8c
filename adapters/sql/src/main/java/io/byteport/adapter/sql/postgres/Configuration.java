package io.byteport.adapter.sql.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/** When a server has read its configuration, and how it is told to do so again. */
public final class Configuration {
  private Configuration() {}

  /** When it was read last, as the connection's own process knows. */
  public static Instant loadedAt(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_conf_load_time() AS at")) {
      row.next();
      return PostgresSessions.instant(row, "at");
    }
  }

  /**
   * Tells the server; it reads a moment later.
   *
   * @return whether the server could be told
   */
  public static boolean reload(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_reload_conf()")) {
      return row.next() && row.getBoolean(1);
    }
  }
}
