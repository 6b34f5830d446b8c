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
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who changes something in which scope, within a transaction of the caller's. A place is a lock
 * that excludes nobody and goes with the others when the run ends; when it was used stands with the
 * units of limits.
 */
final class SqlStorms {
  private static final String PLACE = "changing ";

  private SqlStorms() {}

  /**
   * What is known of some scopes.
   *
   * @param places of the runs that are open and have changed something, by key
   * @param units when each run last changed something within the widest window, by key
   */
  record Weather(Map<String, Set<RunId>> places, Map<String, Map<RunId, Instant>> units) {

    Standing judge(Claim.Storm claim, RunId run, Instant now) {
      Instant from = now.minus(claim.window());
      Set<RunId> others = new HashSet<>(places.getOrDefault(claim.key(), Set.of()));
      boolean has = others.remove(run);
      List<Instant> history =
          units.getOrDefault(claim.key(), Map.of()).entrySet().stream()
              .filter(unit -> !unit.getKey().equals(run))
              .map(Map.Entry::getValue)
              .filter(at -> at.isAfter(from))
              .sorted()
              .toList();
      boolean full = history.size() >= claim.within();
      boolean granted = has || (others.size() < claim.atOnce() && !full);
      Instant freeAt =
          granted || !full
              ? null
              : history.get(history.size() - claim.within()).plus(claim.window());
      return new Standing(claim, granted, others.size(), history, null, freeAt);
    }

    /** The latest unit of each key, whoever's it is. */
    void latest(Map<String, Instant> latest) {
      units.forEach(
          (key, runs) -> {
            if (!runs.isEmpty()) {
              latest.merge(key, Collections.max(runs.values()), SqlStorms::later);
            }
          });
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isBefore(other) ? other : one;
  }

  /** Takes a place in each scope, where the run has none. */
  static void take(Connection connection, RunId run, List<Claim> claims, Instant now)
      throws SQLException {
    TreeSet<String> keys = new TreeSet<>();
    claims.stream().filter(Claim.Storm.class::isInstance).map(Claim::key).forEach(keys::add);
    if (keys.isEmpty()) {
      return;
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into run_lock (name, run, since, scope) values (?, ?, ?, ?) on conflict do"
                + " nothing")) {
      for (String key : keys) {
        insert.setString(1, place(key, run.value()));
        insert.setString(2, run.value());
        insert.setObject(3, SqlJournal.time(now));
        insert.setString(4, key);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static String place(String key, String run) {
    return PLACE + key + " " + run;
  }

  /** The scope of a place by its name; null for what is no place. */
  static @org.jspecify.annotations.Nullable String scope(String name, String run) {
    return name.startsWith(PLACE) && name.endsWith(" " + run)
        ? name.substring(PLACE.length(), name.length() - run.length() - 1)
        : null;
  }

  /** Gives back the places of a run that has certainly changed nothing there. */
  static void release(Connection connection, IntentId intent) throws SQLException {
    List<String[]> held = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "select l.scope, l.run from ledger i join run_lock l on l.run = i.run and l.scope ="
                + " i.name where i.intent = ? and not exists (select 1 from ledger o where o.run ="
                + " i.run and o.name = i.name and o.released = false)")) {
      select.setString(1, intent.value());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          held.add(new String[] {rows.getString(1), rows.getString(2)});
        }
      }
    }
    try (PreparedStatement delete =
        connection.prepareStatement("delete from run_lock where name = ?")) {
      for (String[] one : held) {
        delete.setString(1, place(one[0], one[1]));
        delete.executeUpdate();
      }
    }
  }
}
