package io.byteport.engine.journal;

import io.byteport.engine.intake.DueAlerts;
import io.byteport.engine.intake.EpisodeId;
import io.byteport.engine.intake.Outcome;
import io.byteport.engine.run.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Alerts of which it is to be seen what becomes, in the database of the state. */
final class SqlDueAlerts implements DueAlerts {
  private final SqlTransactions transactions;
  private final AlertCodec codec;
  private final SqlAttached attached;
  private final String replica;

  SqlDueAlerts(
      SqlTransactions transactions, AlertCodec codec, SqlAttached attached, String replica) {
    this.transactions = transactions;
    this.codec = codec;
    this.attached = attached;
    this.replica = replica;
  }

  @Override
  public void begin() {
    transactions.writeLazily(
        "give back due alerts",
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "update alert set claimed_until = began_at where stage = 'due' and claimed_by ="
                      + " ?")) {
            update.setString(1, replica);
            return update.executeUpdate();
          }
        });
  }

  @Override
  public List<Due> claim(int most, Instant now, Instant until) {
    return transactions.writeLazily(
        "claim due alerts",
        connection -> {
          List<Due> due = due(connection, most, now);
          try (PreparedStatement update =
              connection.prepareStatement(
                  "update alert set claimed_by = ?, claimed_until = ? where id = ? and episode ="
                      + " ?")) {
            for (Due one : due) {
              update.setString(1, replica);
              update.setObject(2, SqlJournal.time(until));
              update.setString(3, one.id().alert());
              update.setInt(4, one.id().number());
              update.addBatch();
            }
            update.executeBatch();
          }
          return due;
        });
  }

  private List<Due> due(Connection connection, int most, Instant now) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select id, episode, source, title, version, body, began_at, escalates, case when"
                + " ended_at is not null and passes = false then true else false end as too_late"
                + " from alert where stage = 'due' and (claimed_by is null or claimed_until <= ? or"
                + " (claimed_by <> ? and not exists (select 1 from replica r where r.id ="
                + " alert.claimed_by and r.lease_until > current_timestamp))) order by began_at,"
                + " id, episode fetch first "
                + most
                + " rows only for update skip locked")) {
      select.setObject(1, SqlJournal.time(now));
      select.setString(2, replica);
      List<Due> due = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          due.add(
              new Due(
                  SqlAlertRows.id(rows),
                  rows.getString("source"),
                  rows.getString("title"),
                  codec.read(rows.getString("body"), rows.getInt("version")),
                  SqlAlertRows.at(rows, "began_at"),
                  rows.getBoolean("escalates"),
                  rows.getBoolean("too_late")));
        }
      }
      return List.copyOf(due);
    }
  }

  @Override
  public void later(EpisodeId id, Instant from) {
    transactions.writeLazily(
        "put off a due alert",
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "update alert set claimed_until = ? where id = ? and episode = ? and stage ="
                      + " 'due' and claimed_by = ?")) {
            update.setObject(1, SqlJournal.time(from));
            update.setString(2, id.alert());
            update.setInt(3, id.number());
            update.setString(4, replica);
            return update.executeUpdate();
          }
        });
  }

  /** How it stands with an episode. */
  private record Row(boolean firing, boolean passes, @Nullable String run) {}

  @Override
  public boolean became(EpisodeId id, Outcome outcome, Instant now) {
    return transactions.writeLazily(
        "note what became of an alert",
        connection -> {
          Row row = lock(connection, id);
          if (row == null || row.run() != null) {
            return true;
          }
          RunId run = outcome.run();
          boolean open = run != null && SqlAttached.isOpen(connection, run);
          boolean joins = outcome.kind() == Outcome.Kind.JOINED && row.firing();
          if (joins && !open) {
            return false;
          }
          write(connection, id, outcome, joins ? SqlAlertRows.JOINED : SqlAlertRows.DONE);
          if (run != null && open && !row.passes()) {
            if (!row.firing()) {
              attached.ended(connection, run, now);
            } else if (joins) {
              attached.joined(connection, run, now);
            }
          }
          return true;
        });
  }

  private static @Nullable Row lock(Connection connection, EpisodeId id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select ended_at, passes, run from alert where id = ? and episode = ? for update")) {
      select.setString(1, id.alert());
      select.setInt(2, id.number());
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? new Row(row.getObject(1) == null, row.getBoolean(2), row.getString(3))
            : null;
      }
    }
  }

  private static void write(Connection connection, EpisodeId id, Outcome outcome, String stage)
      throws SQLException {
    RunId run = outcome.run();
    try (PreparedStatement update =
        connection.prepareStatement(
            "update alert set stage = ?, outcome = ?, run = ?, reason = ?, claimed_until = null"
                + " where id = ? and episode = ?")) {
      update.setString(1, stage);
      update.setString(2, outcome.kind().word());
      update.setString(3, run == null ? null : run.value());
      update.setString(4, outcome.reason());
      update.setString(5, id.alert());
      update.setInt(6, id.number());
      update.executeUpdate();
    }
  }

  @Override
  public List<Joined> leftBehind(int most) {
    return transactions.read(
        "look for alerts whose run has ended",
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "select a.id, a.episode, a.run from alert a where a.stage = 'joined' and not"
                      + " exists (select 1 from run r where r.id = a.run and r.finished_at is"
                      + " null) order by a.began_at fetch first "
                      + most
                      + " rows only")) {
            List<Joined> left = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                left.add(new Joined(SqlAlertRows.id(rows), new RunId(rows.getString("run"))));
              }
            }
            return List.copyOf(left);
          }
        });
  }

  @Override
  public void leave(EpisodeId id, boolean again) {
    transactions.writeLazily(
        "note that the run of an alert has ended",
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  again
                      ? "update alert set stage = 'due', outcome = null, run = null, reason = null,"
                          + " claimed_by = null where id = ? and episode = ? and stage = 'joined'"
                      : "update alert set stage = 'done' where id = ? and episode = ? and stage ="
                          + " 'joined'")) {
            update.setString(1, id.alert());
            update.setInt(2, id.number());
            return update.executeUpdate();
          }
        });
  }
}
