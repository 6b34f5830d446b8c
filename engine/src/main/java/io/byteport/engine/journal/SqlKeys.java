package io.byteport.engine.journal;

import io.byteport.engine.guardrail.Claim;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One row for each key that was ever claimed, within a transaction of the caller's. Whoever is
 * about to take something first locks the rows of all keys, in one order for all, so that nobody
 * else judges the same keys before the transaction ends. A row also says how far back limits look
 * at its key, so that nothing is forgotten at which one still looks.
 */
final class SqlKeys {
  /** What the names of limits' keys begin with, beside those of locks. */
  static final String LIMIT = "limit ";

  /** How many keys are remembered. */
  private static final int KNOWN = 10_000;

  /** Of a key that no limit looks at. */
  private static final long NO_WINDOW = -1;

  /**
   * Keys whose row was seen lately, with the window that it had then. Rows stay for good, and
   * windows only get wider, so that they need not be written again; unless the transaction that saw
   * them was rolled back, which is noticed.
   */
  private final Map<String, Long> known =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
              return size() > KNOWN;
            }
          });

  /**
   * Locks the rows of claims' keys, and makes those that are missing. A row that this transaction
   * has inserted is locked by that.
   */
  void lock(Connection connection, List<Claim> claims) throws SQLException {
    SortedMap<String, Long> keys = keys(claims);
    if (keys.isEmpty()) {
      return;
    }
    boolean allKnown = known.keySet().containsAll(keys.keySet());
    if (!allKnown && insert(connection, keys) == keys.size()) {
      known.putAll(keys);
      return;
    }
    Map<String, Long> locked = select(connection, keys);
    if (locked.size() < keys.size()) {
      // A transaction that inserted some was rolled back.
      insert(connection, keys);
      locked = select(connection, keys);
    }
    widen(connection, keys, locked);
  }

  /** Whether it was written down, as far as this process knows, how far back claims look. */
  boolean areNoted(List<Claim> claims) {
    return keys(claims).entrySet().stream()
        .allMatch(
            key ->
                key.getValue() == NO_WINDOW
                    || known.getOrDefault(key.getKey(), NO_WINDOW) >= key.getValue());
  }

  private static int insert(Connection connection, SortedMap<String, Long> keys)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into claim_key (name, widest) values "
                + String.join(", ", Collections.nCopies(keys.size(), "(?, ?)"))
                + " on conflict do nothing")) {
      int index = 1;
      for (Map.Entry<String, Long> key : keys.entrySet()) {
        insert.setString(index++, key.getKey());
        if (key.getValue() == NO_WINDOW) {
          insert.setNull(index++, Types.BIGINT);
        } else {
          insert.setLong(index++, key.getValue());
        }
      }
      return insert.executeUpdate();
    }
  }

  /** Locks rows, and says how far back limits look at them. */
  private static Map<String, Long> select(Connection connection, SortedMap<String, Long> keys)
      throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement(
            "select name, widest from claim_key where name in ("
                + String.join(", ", Collections.nCopies(keys.size(), "?"))
                + ") order by name for update")) {
      int index = 1;
      for (String key : keys.keySet()) {
        lock.setString(index++, key);
      }
      Map<String, Long> locked = new TreeMap<>();
      try (ResultSet rows = lock.executeQuery()) {
        while (rows.next()) {
          long widest = rows.getLong(2);
          locked.put(rows.getString(1), rows.wasNull() ? NO_WINDOW : widest);
        }
      }
      return locked;
    }
  }

  private void widen(
      Connection connection, SortedMap<String, Long> wanted, Map<String, Long> locked)
      throws SQLException {
    Map<String, Long> windows = new TreeMap<>();
    for (Map.Entry<String, Long> one : locked.entrySet()) {
      long window = wanted.getOrDefault(one.getKey(), NO_WINDOW);
      if (one.getValue() < window) {
        widen(connection, one.getKey(), window);
      }
      windows.put(one.getKey(), Math.max(one.getValue(), window));
    }
    known.putAll(windows);
  }

  private static boolean widen(Connection connection, String key, long window) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("update claim_key set widest = ? where name = ?")) {
      update.setLong(1, window);
      update.setString(2, key);
      return update.executeUpdate() == 1;
    }
  }

  /**
   * Notes that limits look at a key.
   *
   * @param window in milliseconds
   */
  static void note(Connection connection, String limit, long window) throws SQLException {
    SortedMap<String, Long> key = new TreeMap<>(Map.of(LIMIT + limit, window));
    if (insert(connection, key) == 0
        && select(connection, key).getOrDefault(LIMIT + limit, NO_WINDOW) < window) {
      widen(connection, LIMIT + limit, window);
    }
  }

  /** The names of rows, with the widest window that is claimed of each. */
  private static SortedMap<String, Long> keys(List<Claim> claims) {
    SortedMap<String, Long> keys = new TreeMap<>();
    for (Claim claim : claims) {
      switch (claim) {
        case Claim.Limit limit ->
            keys.merge(
                LIMIT + limit.key(), limit.isTally() ? 0 : limit.window().toMillis(), Math::max);
        case Claim.Storm storm ->
            keys.merge(LIMIT + storm.key(), storm.window().toMillis(), Math::max);
        case Claim.Lock lock -> keys.merge("lock " + lock.key(), NO_WINDOW, Math::max);
      }
    }
    return keys;
  }
}
