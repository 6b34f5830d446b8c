package io.byteport.adapter.sql.mysql;

import io.byteport.adapter.sql.connect.Endpoint;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The process list of a MySQL or MariaDB at one moment, with what is needed to judge it.
 *
 * @param now the server's clock
 * @param uptime of the server
 * @param blockedBy who is waited for, by who waits
 * @param superusers users that have SUPER or CONNECTION_ADMIN, from whatever host
 * @param ours our own session
 * @param user who we are
 */
record Processes(
    List<ProcessRow> rows,
    Instant now,
    Duration uptime,
    Map<Long, List<Long>> blockedBy,
    Set<String> superusers,
    long ours,
    String user) {
  private static final int MOST = 5_000;

  private static final String LIST =
      """
      SELECT p.id, p.user, p.host, p.db, p.command, p.state, LEFT(p.info, 10000) AS info, %s AS in_state, %s AS query_id,
             TIMESTAMPDIFF(MICROSECOND, t.trx_started, NOW(6)) AS transaction_for,
             t.trx_state, t.trx_rows_locked
      FROM information_schema.processlist p
      LEFT JOIN information_schema.innodb_trx t ON t.trx_mysql_thread_id = p.id
      ORDER BY p.id LIMIT 5001
      """;

  private static final String WAITS_MARIADB =
      """
      SELECT w.trx_mysql_thread_id AS waiting, b.trx_mysql_thread_id AS blocking
      FROM information_schema.innodb_lock_waits l
      JOIN information_schema.innodb_trx w ON w.trx_id = l.requesting_trx_id
      JOIN information_schema.innodb_trx b ON b.trx_id = l.blocking_trx_id
      LIMIT 5000
      """;

  private static final String WAITS_MYSQL =
      "SELECT waiting_pid AS waiting, blocking_pid AS blocking FROM sys.innodb_lock_waits LIMIT"
          + " 5000";

  private static final String PROGRAMS =
      "SELECT processlist_id, LEFT(attr_value, 200) FROM performance_schema.session_connect_attrs"
          + " WHERE attr_name = 'program_name'";

  /** Grants of others are shown only to who may read the grant tables. */
  private static final String SUPERUSERS =
      """
      SELECT user FROM mysql.user WHERE super_priv = 'Y'
      UNION SELECT substring_index(substring(grantee, 2), '''@''', 1)
      FROM information_schema.user_privileges
      WHERE privilege_type IN ('SUPER', 'CONNECTION_ADMIN', 'CONNECTION ADMIN')
      """;

  static Processes read(Connection connection) throws SQLException, ActionException {
    boolean mariadb = isMariadb(connection);
    try (Statement statement = connection.createStatement()) {
      Map<Long, String> programs = programs(statement);
      Set<String> superusers = superusers(statement);
      Map<Long, List<Long>> blockedBy = blockedBy(statement, mariadb ? WAITS_MARIADB : WAITS_MYSQL);
      Instant now;
      Duration uptime;
      long ours;
      String user;
      try (ResultSet row =
          statement.executeQuery(
              "SELECT UNIX_TIMESTAMP(NOW(6)) AS now, CONNECTION_ID() AS ours,"
                  + " substring_index(current_user(), '@', 1) AS who")) {
        row.next();
        now = instant(row.getBigDecimal("now"));
        ours = row.getLong("ours");
        user = row.getString("who");
      }
      try (ResultSet row = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Uptime'")) {
        row.next();
        uptime = Duration.ofSeconds(row.getLong(2));
      }
      List<ProcessRow> rows = new ArrayList<>();
      String sql =
          mariadb
              ? LIST.formatted("p.time_ms / 1000", "p.query_id")
              : LIST.formatted("p.time", "NULL");
      try (ResultSet row = statement.executeQuery(sql)) {
        while (row.next()) {
          rows.add(row(row, programs));
        }
      }
      if (rows.size() > MOST) {
        throw ActionException.refused(
            FailureKind.INVALID, "there are more than " + MOST + " sessions");
      }
      return new Processes(rows, now, uptime, blockedBy, superusers, ours, user);
    }
  }

  static boolean isMariadb(Connection connection) throws SQLException {
    return connection.getMetaData().getDatabaseProductName().equalsIgnoreCase("mariadb");
  }

  private static ProcessRow row(ResultSet row, Map<Long, String> programs) throws SQLException {
    long id = row.getLong("id");
    long transaction = row.getLong("transaction_for");
    @Nullable Duration transactionFor =
        row.wasNull() ? null : Duration.ofNanos(Math.max(0, transaction) * 1_000);
    long queryId = row.getLong("query_id");
    boolean noQuery = row.wasNull() || queryId == 0;
    BigDecimal inState = row.getBigDecimal("in_state");
    return new ProcessRow(
        id,
        text(row, "user"),
        text(row, "host"),
        programs.getOrDefault(id, ""),
        text(row, "db"),
        text(row, "command"),
        inState == null ? Duration.ZERO : seconds(inState.max(BigDecimal.ZERO)),
        text(row, "state"),
        text(row, "info"),
        transactionFor,
        text(row, "trx_state").equals("LOCK WAIT"),
        row.getLong("trx_rows_locked") > 0,
        noQuery ? null : queryId);
  }

  private static Map<Long, String> programs(Statement statement) throws SQLException {
    Map<Long, String> programs = new HashMap<>();
    try (ResultSet row = statement.executeQuery(PROGRAMS)) {
      while (row.next()) {
        String value = row.getString(2);
        programs.put(row.getLong(1), value == null ? "" : value);
      }
    }
    return programs;
  }

  private static Set<String> superusers(Statement statement) throws SQLException {
    Set<String> users = new HashSet<>();
    try (ResultSet row = statement.executeQuery(SUPERUSERS)) {
      while (row.next()) {
        users.add(row.getString(1));
      }
    }
    return users;
  }

  private static Map<Long, List<Long>> blockedBy(Statement statement, String sql)
      throws SQLException {
    Map<Long, List<Long>> blockedBy = new HashMap<>();
    try (ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        blockedBy
            .computeIfAbsent(row.getLong("waiting"), id -> new ArrayList<>())
            .add(row.getLong("blocking"));
      }
    }
    return blockedBy;
  }

  private static String text(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? "" : text;
  }

  private static Duration seconds(BigDecimal seconds) {
    return Duration.ofNanos(seconds.movePointRight(9).longValue());
  }

  private static Instant instant(BigDecimal epoch) {
    return Instant.EPOCH
        .plus(Duration.ofSeconds(epoch.longValue()))
        .plus(seconds(epoch.remainder(BigDecimal.ONE)));
  }

  /** Whether a row is one of our own sessions. */
  boolean isOurs(ProcessRow row) {
    return row.id() == ours
        || (row.user().equals(user) && row.program().equals(Endpoint.APPLICATION));
  }
}
