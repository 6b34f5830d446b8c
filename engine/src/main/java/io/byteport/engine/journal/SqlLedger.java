package io.byteport.engine.journal;

import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.guardrail.Standing;
import io.byteport.engine.run.IntentId;
import io.byteport.engine.run.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What limits have counted and who holds which lock, within a transaction of the caller's. Whoever
 * is about to take something first locks the row of every key it claims, in one order for all, so
 * that nobody else judges the same keys before the transaction ends.
 */
final class SqlLedger {
  /** What the names of limits' keys begin with, beside those of locks. */
  static final String LIMIT = "limit ";

  /** How many keys are remembered. */
  private static final int KNOWN = 10_000;

  /**
   * Keys whose row was seen lately. Rows stay for good, so a key that is remembered need not be
   * inserted; unless the transaction that saw it was rolled back, which is noticed.
   */
  private final Map<String, Boolean> known =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > KNOWN;
            }
          });

  private final LedgerTime time;

  SqlLedger(LedgerTime time) {
    this.time = time;
  }

  /**
   * What the ledger says about some claims.
   *
   * @param standings one for each claim, in order, by the clock of whoever asked
   * @param at when that was, by the ledger's time
   * @param latest when the latest unit of each limit's key was counted; may be after now, where a
   *     clock was set back
   * @param holders of the locks that are held
   */
  record Judgement(
      List<Standing> standings,
      Instant at,
      Map<String, Instant> latest,
      Map<String, RunId> holders) {

    boolean allGranted() {
      return standings.stream().allMatch(Standing::granted);
    }

    boolean locksGranted() {
      return standings.stream()
          .filter(standing -> standing.claim() instanceof Claim.Lock)
          .allMatch(Standing::granted);
    }
  }

  void lockKeys(Connection connection, List<Claim> claims) throws SQLException {
    TreeSet<String> keys = keys(claims);
    if (keys.isEmpty()) {
      return;
    }
    TreeSet<String> unknown = new TreeSet<>(keys);
    unknown.removeAll(known.keySet());
    if (!unknown.isEmpty()) {
      insertKeys(connection, unknown);
    }
    if (lock(connection, keys) < keys.size()) {
      // A transaction that inserted some was rolled back.
      insertKeys(connection, keys);
      lock(connection, keys);
    }
    keys.forEach(key -> known.put(key, true));
  }

  private static void insertKeys(Connection connection, TreeSet<String> keys) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into claim_key (name) values "
                + String.join(", ", Collections.nCopies(keys.size(), "(?)"))
                + " on conflict do nothing")) {
      fill(insert, keys);
      insert.executeUpdate();
    }
  }

  private static int lock(Connection connection, TreeSet<String> keys) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement(
            "select name from claim_key where name in ("
                + marks(keys.size())
                + ") order by name for update")) {
      fill(lock, keys);
      int locked = 0;
      try (ResultSet rows = lock.executeQuery()) {
        while (rows.next()) {
          locked++;
        }
      }
      return locked;
    }
  }

  /**
   * Notes that limits look at these keys.
   *
   * @param windows in milliseconds, by key, in one order for all
   */
  static void widen(Connection connection, Map<String, Long> windows) throws SQLException {
    try (PreparedStatement insert =
            connection.prepareStatement(
                "insert into claim_key (name, widest) values (?, ?) on conflict do nothing");
        PreparedStatement update =
            connection.prepareStatement(
                "update claim_key set widest = ? where name = ? and (widest is null or widest <"
                    + " ?)")) {
      for (Map.Entry<String, Long> one : windows.entrySet()) {
        String name = LIMIT + one.getKey();
        insert.setString(1, name);
        insert.setLong(2, one.getValue());
        if (insert.executeUpdate() == 1) {
          continue;
        }
        update.setLong(1, one.getValue());
        update.setString(2, name);
        update.setLong(3, one.getValue());
        update.executeUpdate();
      }
    }
  }

  private static TreeSet<String> keys(List<Claim> claims) {
    TreeSet<String> keys = new TreeSet<>();
    for (Claim claim : claims) {
      keys.add(
          switch (claim) {
            case Claim.Limit limit -> LIMIT + limit.key();
            case Claim.Lock lock -> "lock " + lock.key();
            case Claim.Storm storm -> LIMIT + storm.key();
          });
    }
    return keys;
  }

  private static String marks(int count) {
    return String.join(", ", Collections.nCopies(count, "?"));
  }

  private static void fill(PreparedStatement statement, Collection<String> values)
      throws SQLException {
    int index = 1;
    for (String value : values) {
      statement.setString(index++, value);
    }
  }

  /** The time by which units are counted, when a clock shows {@code now}. */
  Instant time(Connection connection, Instant now) throws SQLException {
    if (!time.hasBegun()) {
      time.begin(SqlLedgerTime.read(connection), false, now);
    }
    return time.at(now).truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * What each claim would get.
   *
   * @param now by the clock of whoever asks
   */
  Judgement judge(Connection connection, RunId run, List<Claim> claims, Instant now)
      throws SQLException {
    Instant instant = time(connection, now);
    Duration ahead = Duration.between(instant, now.truncatedTo(ChronoUnit.MICROS));
    SqlStorms.Weather weather = SqlStorms.look(connection, claims, instant);
    Map<String, List<Instant>> units = units(connection, claims, instant);
    Map<String, RunId> holders = holders(connection, claims);
    List<Standing> standings = new ArrayList<>();
    for (Claim claim : claims) {
      standings.add(
          switch (claim) {
            case Claim.Limit limit ->
                judge(limit, units.getOrDefault(limit.key(), List.of()), instant).shifted(ahead);
            case Claim.Lock lock -> judge(run, lock, holders.get(lock.key()));
            case Claim.Storm storm -> weather.judge(storm, run, instant).shifted(ahead);
          });
    }
    Map<String, Instant> latest = new HashMap<>();
    units.forEach((key, times) -> latest.put(key, times.getLast()));
    weather.latest(latest);
    return new Judgement(List.copyOf(standings), instant, latest, holders);
  }

  /**
   * When the units of each limit's key were counted, oldest first, as far as some window reaches
   * back. A clock that was set back finds units in its future: they count too, so that the window
   * gets no wider by it.
   */
  private static Map<String, List<Instant>> units(
      Connection connection, List<Claim> claims, Instant now) throws SQLException {
    SortedMap<String, Instant> since = new TreeMap<>();
    for (Claim claim : claims) {
      if (claim instanceof Claim.Limit limit) {
        Instant from = limit.isTally() ? now : now.minus(limit.window());
        since.merge(limit.key(), from, (one, other) -> one.isBefore(other) ? one : other);
      }
    }
    Map<String, List<Instant>> units = new HashMap<>();
    if (since.isEmpty()) {
      return units;
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "select name, at from ledger where released = false and ("
                + String.join(" or ", Collections.nCopies(since.size(), "(name = ? and at > ?)"))
                + ") order by at")) {
      int index = 1;
      for (Map.Entry<String, Instant> one : since.entrySet()) {
        select.setString(index++, one.getKey());
        select.setObject(index++, SqlJournal.time(one.getValue()));
      }
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          units
              .computeIfAbsent(rows.getString(1), none -> new ArrayList<>())
              .add(rows.getObject(2, OffsetDateTime.class).toInstant());
        }
      }
    }
    return units;
  }

  private static Standing judge(Claim.Limit limit, List<Instant> units, Instant now) {
    if (limit.isTally()) {
      return new Standing(limit, true, 0, List.of(), null, null);
    }
    Instant from = now.minus(limit.window());
    List<Instant> history = units.stream().filter(at -> at.isAfter(from)).toList();
    boolean granted = history.size() < limit.limit();
    Instant freeAt =
        granted || limit.limit() <= 0
            ? null
            : history.get(history.size() - limit.limit()).plus(limit.window());
    return new Standing(limit, granted, history.size(), history, null, freeAt);
  }

  private static Map<String, RunId> holders(Connection connection, List<Claim> claims)
      throws SQLException {
    TreeSet<String> locks = new TreeSet<>();
    for (Claim claim : claims) {
      if (claim instanceof Claim.Lock lock) {
        locks.add(lock.key());
      }
    }
    Map<String, RunId> holders = new HashMap<>();
    if (locks.isEmpty()) {
      return holders;
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "select name, run from run_lock where name in (" + marks(locks.size()) + ")")) {
      fill(select, locks);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          holders.put(rows.getString(1), new RunId(rows.getString(2)));
        }
      }
    }
    return holders;
  }

  private static Standing judge(RunId run, Claim.Lock lock, @Nullable RunId holder) {
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
  void takeLocks(
      Connection connection, RunId run, List<Claim> claims, Judgement judgement, Instant now)
      throws SQLException {
    TreeSet<String> free = new TreeSet<>();
    for (Claim claim : claims) {
      if (claim instanceof Claim.Lock lock && !judgement.holders().containsKey(lock.key())) {
        free.add(lock.key());
      }
    }
    for (String name : free) {
      takeLock(connection, run, name, now);
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

  /**
   * Counts an intent once under each key, and takes its places. No unit expires earlier than those
   * that were counted before it.
   */
  void count(
      Connection connection, RunId run, IntentId intent, List<Claim> claims, Judgement judgement)
      throws SQLException {
    Instant now = judgement.at();
    SqlStorms.take(connection, run, claims, now);
    TreeSet<String> names = new TreeSet<>();
    for (Claim claim : claims) {
      if (!(claim instanceof Claim.Lock)) {
        names.add(claim.key());
      }
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into ledger (intent, name, run, at) values (?, ?, ?, ?)")) {
      for (String name : names) {
        Instant last = judgement.latest().get(name);
        insert.setString(1, intent.value());
        insert.setString(2, name);
        insert.setString(3, run.value());
        insert.setObject(4, SqlJournal.time(last == null || last.isBefore(now) ? now : last));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  void release(Connection connection, IntentId intent) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("update ledger set released = true where intent = ?")) {
      update.setString(1, intent.value());
      update.executeUpdate();
    }
    SqlStorms.release(connection, intent);
  }
}
