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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What limits have counted and who holds which lock, within a transaction of the caller's, which
 * locks the keys before it takes anything.
 */
final class SqlLedger {
  final SqlKeys keys = new SqlKeys();
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
    SqlStandings found = SqlStandings.look(connection, claims, instant);
    List<Standing> standings = new ArrayList<>();
    for (Claim claim : claims) {
      standings.add(
          switch (claim) {
            case Claim.Limit limit ->
                judge(limit, found.units().getOrDefault(limit.key(), List.of()), instant)
                    .shifted(ahead);
            case Claim.Lock lock -> judge(run, lock, found.holders().get(lock.key()));
            case Claim.Storm storm -> found.weather().judge(storm, run, instant).shifted(ahead);
          });
    }
    Map<String, Instant> latest = new HashMap<>();
    found.units().forEach((key, times) -> latest.put(key, times.getLast()));
    found.weather().latest(latest);
    return new Judgement(List.copyOf(standings), instant, latest, found.holders());
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
