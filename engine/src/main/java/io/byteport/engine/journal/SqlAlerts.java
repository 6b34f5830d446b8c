package io.byteport.engine.journal;

import io.byteport.engine.intake.AlertStore;
import io.byteport.engine.intake.AlertWrites;
import io.byteport.engine.intake.Begun;
import io.byteport.engine.intake.Episode;
import io.byteport.engine.intake.EpisodeId;
import io.byteport.engine.intake.Known;
import io.byteport.engine.run.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Alerts in the database of the state. */
final class SqlAlerts implements AlertStore {
  private final SqlTransactions transactions;
  private final SqlAlertRows rows;
  private final SqlAttached attached;
  private final String replica;
  private final boolean shared;

  SqlAlerts(
      SqlTransactions transactions,
      SqlAlertRows rows,
      SqlAttached attached,
      String replica,
      boolean shared) {
    this.transactions = transactions;
    this.rows = rows;
    this.attached = attached;
    this.replica = replica;
    this.shared = shared;
  }

  @Override
  public boolean isShared() {
    return shared;
  }

  @Override
  public <T> T change(Collection<String> sources, Function<AlertWrites, T> work) {
    return transactions.write(
        "take alerts",
        connection -> {
          Writes writes = new Writes(connection);
          // in one order for all
          for (String source : new TreeSet<>(sources)) {
            writes.hold(source);
          }
          try {
            T result = work.apply(writes);
            writes.noteVersions();
            return result;
          } catch (Broken e) {
            throw e.sql;
          }
        });
  }

  @Override
  public long version(String source) {
    return transactions.read(
        "look whether alerts have changed",
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement("select version from alert_source where name = ?")) {
            select.setString(1, source);
            try (ResultSet row = select.executeQuery()) {
              return row.next() ? row.getLong(1) : -1L;
            }
          }
        });
  }

  @Override
  public void count(List<Repeats> repeats) {
    List<Repeats> ordered = new ArrayList<>(repeats);
    // in one order for all
    ordered.sort(
        Comparator.comparing((Repeats one) -> one.id().alert())
            .thenComparing(one -> one.id().number()));
    transactions.writeLazily(
        "count repeats of alerts",
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "update alert set heard = heard + ?, heard_at = greatest(heard_at, ?) where id ="
                      + " ? and episode = ?")) {
            for (Repeats one : ordered) {
              update.setLong(1, one.more());
              update.setObject(2, SqlJournal.time(one.heardAt()));
              update.setString(3, one.id().alert());
              update.setInt(4, one.id().number());
              update.addBatch();
            }
            return update.executeBatch().length;
          }
        });
  }

  @Override
  public List<Episode> latest(int limit) {
    return transactions.read("list alerts", connection -> rows.episodes(connection, "", limit));
  }

  @Override
  public List<Episode> firing(int limit) {
    return transactions.read(
        "list alerts that fire",
        connection -> rows.episodes(connection, "where ended_at is null", limit));
  }

  @Override
  public int forget(Instant before, int most) {
    return transactions.writeLazily(
        "forget alerts",
        connection -> {
          List<EpisodeId> old = new ArrayList<>();
          try (PreparedStatement select =
              connection.prepareStatement(
                  "select id, episode from alert where ended_at < ? and stage = 'done' order by"
                      + " began_at fetch first "
                      + most
                      + " rows only")) {
            select.setObject(1, SqlJournal.time(before));
            try (ResultSet found = select.executeQuery()) {
              while (found.next()) {
                old.add(SqlAlertRows.id(found));
              }
            }
          }
          try (PreparedStatement delete =
              connection.prepareStatement(
                  "delete from alert where id = ? and episode = ? and ended_at is not null")) {
            for (EpisodeId id : old) {
              delete.setString(1, id.alert());
              delete.setInt(2, id.number());
              delete.addBatch();
            }
            delete.executeBatch();
          }
          return old.size();
        });
  }

  /** A failure on its way through code that knows no SQL. */
  private static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient SQLException sql;

    Broken(SQLException sql) {
      super(sql);
      this.sql = sql;
    }
  }

  private final class Writes implements AlertWrites {
    private final Connection connection;
    private final SortedMap<String, Held> held = new TreeMap<>();

    private record Held(long version, @Nullable String poller, boolean changed) {
      Held touched() {
        return changed ? this : new Held(version + 1, poller, true);
      }
    }

    Writes(Connection connection) {
      this.connection = connection;
    }

    void hold(String source) throws SQLException {
      if (!find(source)) {
        SqlSources.insert(connection, source);
        if (!find(source)) {
          throw new SQLException("the source `" + source + "` is gone");
        }
      }
    }

    private boolean find(String source) throws SQLException {
      try (PreparedStatement select =
          connection.prepareStatement(
              "select version, poller from alert_source where name = ? for update")) {
        select.setString(1, source);
        try (ResultSet row = select.executeQuery()) {
          if (!row.next()) {
            return false;
          }
          held.put(source, new Held(row.getLong(1), row.getString(2), false));
          return true;
        }
      }
    }

    void noteVersions() throws SQLException {
      try (PreparedStatement update =
          connection.prepareStatement("update alert_source set version = ? where name = ?")) {
        for (Map.Entry<String, Held> source : held.entrySet()) {
          if (source.getValue().changed()) {
            update.setLong(1, source.getValue().version());
            update.setString(2, source.getKey());
            update.executeUpdate();
          }
        }
      }
    }

    private Held held(String source) {
      Held found = held.get(source);
      if (found == null) {
        throw new IllegalArgumentException("the source `" + source + "` is not held");
      }
      return found;
    }

    private void touch(String source) {
      held.put(source, held(source).touched());
    }

    private <T> T sql(SqlTransactions.Work<T> work) {
      try {
        return work.run(connection);
      } catch (SQLException e) {
        throw new Broken(e);
      }
    }

    @Override
    public long version(String source) {
      return held(source).version();
    }

    @Override
    public boolean polls(String source) {
      String poller = held(source).poller();
      return poller == null || poller.equals(replica);
    }

    @Override
    public Map<String, Known> latest(Collection<String> alerts) {
      return sql(open -> rows.latest(open, alerts));
    }

    @Override
    public List<Known> firing(String source) {
      return sql(open -> rows.firing(open, source));
    }

    @Override
    public void begin(List<Begun> begun) {
      begun.forEach(one -> touch(one.source()));
      sql(
          open -> {
            rows.begin(open, begun);
            return true;
          });
    }

    @Override
    public void end(String source, List<EpisodeId> episodes, Instant at) {
      if (episodes.isEmpty()) {
        return;
      }
      touch(source);
      sql(
          open -> {
            SqlAlertRows.end(open, episodes, at);
            TreeSet<String> runs = new TreeSet<>();
            for (EpisodeId id : episodes) {
              RunId run = SqlAlertRows.run(open, id);
              if (run != null) {
                runs.add(run.value());
              }
            }
            for (String run : runs) {
              attached.ended(open, new RunId(run), at);
            }
            return true;
          });
    }

    @Override
    public int lapse(String source, Instant since, Instant at) {
      int lapsed = sql(open -> SqlAlertRows.lapse(open, source, since, at));
      if (lapsed > 0) {
        touch(source);
      }
      return lapsed;
    }

    @Override
    public void bookmark(String source, String cursor) {
      sql(
          open -> {
            try (PreparedStatement update =
                open.prepareStatement("update alert_source set bookmark = ? where name = ?")) {
              update.setString(1, cursor);
              update.setString(2, source);
              return update.executeUpdate();
            }
          });
    }
  }
}
