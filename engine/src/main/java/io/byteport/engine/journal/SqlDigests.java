package io.byteport.engine.journal;

import io.byteport.engine.run.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Digests of storms as rows, within a transaction of the caller's. */
final class SqlDigests {
  /** A storm in which nothing more comes for this part of its window is over. */
  private static final int QUIET = 5;

  private static final Duration SENDING = Duration.ofMinutes(1);

  private static final String DIGEST =
      "select s.id, s.scope, s.opened_at, s.due_at, (select f.run from storm_run f where f.storm ="
          + " s.id order by f.at, f.run fetch first 1 rows only) from storm s ";

  private SqlDigests() {}

  static StormDigest gather(
      Connection connection, RunId run, String scope, Instant now, Duration window)
      throws SQLException {
    StormDigest before =
        find(connection, "join storm_run r on r.storm = s.id where r.run = ?", run.value());
    if (before != null) {
      return before;
    }
    lock(connection, scope);
    StormDigest open =
        find(connection, "where s.closed = false and s.scope = ? order by s.id desc", scope);
    if (open == null || isOver(open, now)) {
      insert(connection, scope, now, now.plus(window.dividedBy(QUIET)));
    } else {
      postpone(connection, open, now, window);
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into storm_run (run, storm, at) select cast(? as varchar(100)), max(id),"
                + " cast(? as timestamp(6) with time zone) from storm where scope = ?")) {
      insert.setString(1, run.value());
      insert.setObject(2, SqlJournal.time(now));
      insert.setString(3, scope);
      insert.executeUpdate();
    }
    StormDigest digest =
        find(connection, "join storm_run r on r.storm = s.id where r.run = ?", run.value());
    if (digest == null) {
      throw new SQLException("the digest of run " + run + " is gone");
    }
    return digest;
  }

  /** A clock that was set back does not keep one open. */
  private static boolean isOver(StormDigest digest, Instant now) {
    return !now.isBefore(digest.dueAt()) || now.isBefore(digest.openedAt());
  }

  /** Nobody else opens or joins a digest of the scope before the transaction ends. */
  private static void lock(Connection connection, String scope) throws SQLException {
    String name = "digest " + scope;
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into claim_key (name) values (?) on conflict do nothing")) {
      insert.setString(1, name);
      insert.executeUpdate();
    }
    try (PreparedStatement lock =
        connection.prepareStatement("select name from claim_key where name = ? for update")) {
      lock.setString(1, name);
      lock.executeQuery().close();
    }
  }

  private static void insert(Connection connection, String scope, Instant now, Instant due)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into storm (scope, opened_at, due_at) values (?, ?, ?)")) {
      insert.setString(1, scope);
      insert.setObject(2, SqlJournal.time(now));
      insert.setObject(3, SqlJournal.time(due));
      insert.executeUpdate();
    }
  }

  private static void postpone(
      Connection connection, StormDigest digest, Instant now, Duration window) throws SQLException {
    Instant quiet = now.plus(window.dividedBy(QUIET));
    Instant end = digest.openedAt().plus(window);
    try (PreparedStatement update =
        connection.prepareStatement("update storm set due_at = ? where id = ?")) {
      update.setObject(1, SqlJournal.time(quiet.isBefore(end) ? quiet : end));
      update.setLong(2, digest.number());
      update.executeUpdate();
    }
  }

  private static @Nullable StormDigest find(Connection connection, String where, String value)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(DIGEST + where)) {
      select.setString(1, value);
      try (ResultSet row = select.executeQuery()) {
        return row.next() && row.getString(5) != null
            ? new StormDigest(
                row.getLong(1),
                row.getString(2),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                row.getObject(4, OffsetDateTime.class).toInstant(),
                new RunId(row.getString(5)))
            : null;
      }
    }
  }

  static List<RunId> take(Connection connection, StormDigest digest, Instant now)
      throws SQLException {
    lock(connection, digest.scope());
    try (PreparedStatement update =
        connection.prepareStatement(
            "update storm set closed = true, sending_until = ? where id = ? and (due_at <= ? or"
                + " opened_at > ?) and (closed = false or sending_until <= ?)")) {
      update.setObject(1, SqlJournal.time(now.plus(SENDING)));
      update.setLong(2, digest.number());
      for (int i = 3; i <= 5; i++) {
        update.setObject(i, SqlJournal.time(now));
      }
      if (update.executeUpdate() == 0) {
        return List.of();
      }
    }
    List<RunId> runs = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement("select run from storm_run where storm = ? order by at, run")) {
      select.setLong(1, digest.number());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          runs.add(new RunId(rows.getString(1)));
        }
      }
    }
    return List.copyOf(runs);
  }

  /** Nobody takes it any more, and its runs need no other report. */
  static void sent(Connection connection, StormDigest digest) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("update storm set sending_until = null where id = ?")) {
      update.setLong(1, digest.number());
      update.executeUpdate();
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            "update run set delivered = true where delivered = false and id in (select run from"
                + " storm_run where storm = ?)")) {
      update.setLong(1, digest.number());
      update.executeUpdate();
    }
  }
}
