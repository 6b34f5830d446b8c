package io.byteport.engine.journal;

import io.byteport.engine.intake.SourceState;
import io.byteport.engine.intake.SourceStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How it stands with sources, in the database of the state. */
final class SqlSources implements SourceStore {
  private static final String STATES =
      "select s.name, s.bookmark, s.degraded, s.since, s.heard_at, s.heard, s.refused, (select"
          + " count(*) from alert a where a.source = s.name and a.ended_at is null) as firing from"
          + " alert_source s ";

  private final SqlTransactions transactions;
  private final AlertCodec codec;
  private final String replica;

  SqlSources(SqlTransactions transactions, AlertCodec codec, String replica) {
    this.transactions = transactions;
    this.codec = codec;
    this.replica = replica;
  }

  /** Makes the row of a source where there is none. */
  static void insert(Connection connection, String source) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into alert_source (name) values (?) on conflict do nothing")) {
      insert.setString(1, source);
      insert.executeUpdate();
    }
  }

  @Override
  public List<SourceState> all() {
    return transactions.read(
        "list sources",
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(STATES + "order by s.name")) {
            return states(select);
          }
        });
  }

  @Override
  public Optional<SourceState> find(String source) {
    return transactions.read(
        "look up a source",
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(STATES + "where s.name = ?")) {
            select.setString(1, source);
            return states(select).stream().findFirst();
          }
        });
  }

  private static List<SourceState> states(PreparedStatement select) throws SQLException {
    List<SourceState> states = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        states.add(
            new SourceState(
                rows.getString("name"),
                rows.getString("bookmark"),
                rows.getString("degraded"),
                instant(rows, "since"),
                instant(rows, "heard_at"),
                rows.getLong("firing"),
                rows.getLong("heard"),
                rows.getLong("refused")));
      }
    }
    return List.copyOf(states);
  }

  private static @Nullable Instant instant(ResultSet rows, String column) throws SQLException {
    OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  @Override
  public void count(String source, long heard, long refused, @Nullable Instant heardAt) {
    transactions.writeLazily(
        "count what a source said",
        connection ->
            changed(
                connection,
                source,
                "heard = heard + ?, refused = refused + ?, heard_at = coalesce(?, heard_at)",
                update -> {
                  update.setLong(1, heard);
                  update.setLong(2, refused);
                  update.setObject(3, SqlAlertRows.time(heardAt), Types.TIMESTAMP_WITH_TIMEZONE);
                  return 4;
                }));
  }

  @Override
  public void degraded(String source, @Nullable String reason, Instant at) {
    transactions.write(
        "note how it stands with a source",
        connection ->
            changed(
                connection,
                source,
                reason == null
                    ? "degraded = null, since = null"
                    : "degraded = ?, since = coalesce(since, ?)",
                update -> {
                  if (reason == null) {
                    return 1;
                  }
                  update.setString(1, codec.clean(reason));
                  update.setObject(2, SqlJournal.time(at));
                  return 3;
                }));
  }

  @FunctionalInterface
  private interface Filling {
    /** Gives the index of the next place. */
    int fill(PreparedStatement update) throws SQLException;
  }

  private static boolean changed(
      Connection connection, String source, String change, Filling filling) throws SQLException {
    insert(connection, source);
    try (PreparedStatement update =
        connection.prepareStatement("update alert_source set " + change + " where name = ?")) {
      update.setString(filling.fill(update), source);
      return update.executeUpdate() == 1;
    }
  }

  @Override
  public boolean lead(String source) {
    return transactions.writeLazily(
        "take over the polling of a source",
        connection -> {
          insert(connection, source);
          try (PreparedStatement update =
              connection.prepareStatement(
                  "update alert_source set poller = ? where name = ? and (poller is null or poller"
                      + " = ? or not exists (select 1 from replica r where r.id ="
                      + " alert_source.poller and r.lease_until > current_timestamp))")) {
            update.setString(1, replica);
            update.setString(2, source);
            update.setString(3, replica);
            return update.executeUpdate() == 1;
          }
        });
  }

  @Override
  public void resign(String source) {
    transactions.writeLazily(
        "leave the polling of a source",
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "update alert_source set poller = null where name = ? and poller = ?")) {
            update.setString(1, source);
            update.setString(2, replica);
            return update.executeUpdate();
          }
        });
  }
}
