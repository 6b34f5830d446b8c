package io.byteport.engine.journal;

import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.guardrail.Standing;
import io.byteport.engine.run.IntentId;
import io.byteport.engine.run.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What limits have counted and who holds which lock, within a transaction of the caller's. Whoever
 * is about to take something first locks the row of every key it claims, in one order for all, so
 * that nobody else judges the same keys before the transaction ends.
 */
final class SqlLedger {

  void lockKeys(Connection connection, List<Claim> claims) throws SQLException {
    for (String key : keys(claims)) {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "insert into claim_key (name) values (?) on conflict do nothing")) {
        insert.setString(1, key);
        insert.executeUpdate();
      }
      try (PreparedStatement lock =
          connection.prepareStatement("select name from claim_key where name = ? for update")) {
        lock.setString(1, key);
        lock.executeQuery().close();
      }
    }
  }

  private static TreeSet<String> keys(List<Claim> claims) {
    TreeSet<String> keys = new TreeSet<>();
    for (Claim claim : claims) {
      keys.add(
          switch (claim) {
            case Claim.Limit limit -> "limit " + limit.key();
            case Claim.Lock lock -> "lock " + lock.key();
          });
    }
    return keys;
  }

  /** What each claim would get, in order. */
  List<Standing> judge(Connection connection, RunId run, List<Claim> claims, Instant now)
      throws SQLException {
    List<Standing> standings = new ArrayList<>();
    for (Claim claim : claims) {
      standings.add(
          switch (claim) {
            case Claim.Limit limit -> judge(connection, limit, now.truncatedTo(ChronoUnit.MICROS));
            case Claim.Lock lock -> judge(connection, run, lock);
          });
    }
    return List.copyOf(standings);
  }

  /**
   * Intents that a clock that was set back finds in its future count too: the window gets no wider
   * by it.
   */
  private static Standing judge(Connection connection, Claim.Limit limit, Instant now)
      throws SQLException {
    List<Instant> history = new ArrayList<>();
    if (!limit.isTally()) {
      try (PreparedStatement select =
          connection.prepareStatement(
              "select at from ledger where name = ? and released = false and at > ? order by at")) {
        select.setString(1, limit.key());
        select.setObject(2, SqlJournal.time(now.minus(limit.window())));
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            history.add(rows.getObject(1, OffsetDateTime.class).toInstant());
          }
        }
      }
    }
    boolean granted = history.size() < limit.limit();
    Instant freeAt =
        granted || limit.limit() <= 0
            ? null
            : history.get(history.size() - limit.limit()).plus(limit.window());
    return new Standing(limit, granted, history.size(), history, null, freeAt);
  }

  private static Standing judge(Connection connection, RunId run, Claim.Lock lock)
      throws SQLException {
    RunId holder = holder(connection, lock.key());
    boolean granted = holder == null || holder.equals(run);
    return new Standing(lock, granted, 0, List.of(), granted ? null : holder, null);
  }

  static @Nullable RunId holder(Connection connection, String name) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select run from run_lock where name = ?")) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? new RunId(row.getString(1)) : null;
      }
    }
  }

  /** Takes the locks among claims that were judged free. */
  void takeLocks(Connection connection, RunId run, List<Claim> claims, Instant now)
      throws SQLException {
    for (Claim claim : claims) {
      if (claim instanceof Claim.Lock lock && holder(connection, lock.key()) == null) {
        takeLock(connection, run, lock.key(), now);
      }
    }
  }

  /**
   * @return whether it was free
   */
  static boolean takeLock(Connection connection, RunId run, String name, Instant now)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into run_lock (name, run, since) values (?, ?, ?) on conflict do nothing")) {
      insert.setString(1, name);
      insert.setString(2, run.value());
      insert.setObject(3, SqlJournal.time(now));
      return insert.executeUpdate() == 1;
    }
  }

  void freeLocks(Connection connection, RunId run) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from run_lock where run = ?")) {
      delete.setString(1, run.value());
      delete.executeUpdate();
    }
  }

  /** Counts an intent once under each key. */
  void count(Connection connection, RunId run, IntentId intent, List<Claim> claims, Instant now)
      throws SQLException {
    TreeSet<String> names = new TreeSet<>();
    for (Claim claim : claims) {
      if (claim instanceof Claim.Limit limit) {
        names.add(limit.key());
      }
    }
    for (String name : names) {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "insert into ledger (intent, name, run, at) values (?, ?, ?, ?)")) {
        insert.setString(1, intent.value());
        insert.setString(2, name);
        insert.setString(3, run.value());
        insert.setObject(4, SqlJournal.time(notBeforeTheLast(connection, name, now)));
        insert.executeUpdate();
      }
    }
  }

  /** A clock that was set back must not make a unit expire earlier than those counted before it. */
  private static Instant notBeforeTheLast(Connection connection, String name, Instant now)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select max(at) from ledger where name = ? and released = false")) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        OffsetDateTime last = row.next() ? row.getObject(1, OffsetDateTime.class) : null;
        return last == null || last.toInstant().isBefore(now) ? now : last.toInstant();
      }
    }
  }

  void release(Connection connection, IntentId intent) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("update ledger set released = true where intent = ?")) {
      update.setString(1, intent.value());
      update.executeUpdate();
    }
  }
}
