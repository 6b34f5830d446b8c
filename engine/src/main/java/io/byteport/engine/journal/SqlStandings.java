package io.byteport.engine.journal;

import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.run.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is counted and held under the keys of some claims, asked in one statement within a
 * transaction of the caller's.
 *
 * @param units when the units of each limit's key were counted, oldest first, as far as some window
 *     reaches back. A clock that was set back finds units in its future: they count too, so that
 *     the window gets no wider by it.
 * @param holders of the locks that are held
 * @param weather who changes something in the scopes
 */
record SqlStandings(
    Map<String, List<Instant>> units, Map<String, RunId> holders, SqlStorms.Weather weather) {
  private static final int UNIT = 1;
  private static final int LOCK = 2;
  private static final int PLACE = 3;
  private static final int CHANGE = 4;

  static SqlStandings look(Connection connection, List<Claim> claims, Instant now)
      throws SQLException {
    Question question = new Question();
    for (Claim claim : claims) {
      switch (claim) {
        case Claim.Limit limit ->
            question.since(
                question.limits, limit.key(), limit.isTally() ? now : now.minus(limit.window()));
        case Claim.Lock lock -> question.locks.add(lock.key());
        case Claim.Storm storm ->
            question.since(question.storms, storm.key(), now.minus(storm.window()));
      }
    }
    return question.ask(connection);
  }

  /** The keys, each once, and what each part of the statement asks about them. */
  private static final class Question {
    private final SortedMap<String, Instant> limits = new TreeMap<>();
    private final SortedSet<String> locks = new TreeSet<>();
    private final SortedMap<String, Instant> storms = new TreeMap<>();

    private void since(SortedMap<String, Instant> keys, String key, Instant from) {
      keys.merge(key, from, (one, other) -> one.isBefore(other) ? one : other);
    }

    /** One branch for each key, since an index is not used for several windows at once. */
    private String text() {
      List<String> parts = new ArrayList<>();
      parts.addAll(
          Collections.nCopies(
              limits.size(),
              "select "
                  + UNIT
                  + ", name, run, at from ledger where name = ? and at > ? and released = false"));
      if (!locks.isEmpty()) {
        parts.add("select " + LOCK + ", name, run, since from run_lock where name" + in(locks));
      }
      if (!storms.isEmpty()) {
        parts.add(
            "select "
                + PLACE
                + ", scope, run, since from run_lock where scope"
                + in(storms.keySet()));
      }
      parts.addAll(
          Collections.nCopies(
              storms.size(),
              "select "
                  + CHANGE
                  + ", name, run, max(at) from ledger where name = ? and at > ? and released ="
                  + " false group by name, run"));
      return String.join(" union all ", parts);
    }

    private static String in(Set<String> keys) {
      return " in (" + String.join(", ", Collections.nCopies(keys.size(), "?")) + ")";
    }

    private SqlStandings ask(Connection connection) throws SQLException {
      Map<String, List<Instant>> units = new HashMap<>();
      Map<String, RunId> holders = new HashMap<>();
      Map<String, Set<RunId>> places = new HashMap<>();
      Map<String, Map<RunId, Instant>> changes = new HashMap<>();
      if (!limits.isEmpty() || !locks.isEmpty() || !storms.isEmpty()) {
        try (PreparedStatement select = connection.prepareStatement(text())) {
          fill(select);
          try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
              String key = rows.getString(2);
              RunId run = new RunId(rows.getString(3));
              Instant at = rows.getObject(4, OffsetDateTime.class).toInstant();
              switch (rows.getInt(1)) {
                case UNIT -> units.computeIfAbsent(key, none -> new ArrayList<>()).add(at);
                case LOCK -> holders.put(key, run);
                case PLACE -> places.computeIfAbsent(key, none -> new HashSet<>()).add(run);
                default -> changes.computeIfAbsent(key, none -> new HashMap<>()).put(run, at);
              }
            }
          }
        }
      }
      units.values().forEach(Collections::sort);
      return new SqlStandings(units, holders, new SqlStorms.Weather(places, changes));
    }

    private void fill(PreparedStatement select) throws SQLException {
      int index = fill(select, 1, limits);
      for (String key : locks) {
        select.setString(index++, key);
      }
      for (String key : storms.keySet()) {
        select.setString(index++, key);
      }
      fill(select, index, storms);
    }

    private static int fill(PreparedStatement select, int from, SortedMap<String, Instant> since)
        throws SQLException {
      int index = from;
      for (Map.Entry<String, Instant> one : since.entrySet()) {
        select.setString(index++, one.getKey());
        select.setObject(index++, SqlJournal.time(one.getValue()));
      }
      return index;
    }
  }
}
