package io.byteport.engine.journal;

import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs and their entries as rows, within a transaction of the caller's. */
final class SqlJournal {
  static final String SUMMARY =
      "select id, runbook, signal, target, mode, opened_at, class_id, result, reason, finished_at,"
          + " imported"
          + " from run ";

  private final JournalCodec codec;
  private final SqlQuestions questions;
  private final SqlWrites writes;

  SqlJournal(JournalCodec codec, SqlWrites writes) {
    this.codec = codec;
    this.questions = new SqlQuestions(codec);
    this.writes = writes;
  }

  /**
   * @return whether no other run holds the lock; where one does, the transaction is to be rolled
   *     back
   */
  boolean open(
      Connection connection,
      Event.Opened opened,
      Line first,
      String lock,
      @Nullable String replica,
      boolean due)
      throws SQLException {
    return writes.open(connection, opened, first, lock, replica, due);
  }

  /**
   * @throws FencedException if another process carries the run on
   */
  void append(Connection connection, RunId run, long fence, List<Line> lines) throws SQLException {
    writes.append(connection, run, fence, lines, null);
    questions.follow(connection, run, lines);
  }

  /** Writes the last lines of a run, which has ended then, and takes away what it has no more. */
  void finish(Connection connection, RunId run, long fence, List<Line> lines, Instant at)
      throws SQLException {
    writes.append(connection, run, fence, lines, at);
    writes.leave(connection, run);
  }

  /**
   * Writes the tails of several runs.
   *
   * @return the runs that another process carries on, whose tails are not written
   */
  Set<RunId> appendTails(Connection connection, List<OwnRun> runs) throws SQLException {
    Set<RunId> fenced = new HashSet<>();
    for (OwnRun run : runs) {
      try {
        append(connection, run.id, run.fence, run.tail());
      } catch (FencedException e) {
        fenced.add(run.id);
      }
    }
    return fenced;
  }

  static FencedException fenced(RunId run) {
    return new FencedException("run " + run + " is carried on by another process");
  }

  List<Question> questions(Connection connection) throws SQLException {
    return questions.open(connection);
  }

  void post(Connection connection, RunId run, Event event) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into run_inbox (run, version, body) values (?, ?, ?)")) {
      insert.setString(1, run.value());
      insert.setInt(2, JournalCodec.VERSION);
      insert.setString(3, codec.write(event));
      insert.executeUpdate();
    }
  }

  List<Letter> inbox(Connection connection, RunId run) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select id, body from run_inbox where run = ? order by id")) {
      select.setString(1, run.value());
      List<Letter> letters = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          if (codec.read(rows.getString(2)) instanceof Event event) {
            letters.add(new Letter(rows.getLong(1), event));
          }
        }
      }
      return List.copyOf(letters);
    }
  }

  /** Takes a letter out. */
  static void discard(Connection connection, RunId run, Letter letter) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from run_inbox where run = ? and id = ?")) {
      delete.setString(1, run.value());
      delete.setLong(2, letter.number());
      delete.executeUpdate();
    }
  }

  /** When the last entry of a run was written. */
  static Instant lastAt(Connection connection, RunId run) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select max(at) from journal_entry where run = ?")) {
      select.setString(1, run.value());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getObject(1, OffsetDateTime.class).toInstant();
      }
    }
  }

  void finishRun(Connection connection, RunId run, Instant at) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("update run set finished_at = ? where id = ?")) {
      update.setObject(1, time(at));
      update.setString(2, run.value());
      update.executeUpdate();
    }
    questions.close(connection, run);
  }

  /**
   * @param from the number of the first
   */
  List<JournalEntry> entries(Connection connection, RunId run, int from) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select body from journal_entry where run = ? and seq >= ? order by seq")) {
      select.setString(1, run.value());
      select.setInt(2, from);
      List<JournalEntry> entries = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          entries.add(codec.read(rows.getString(1)));
        }
      }
      return List.copyOf(entries);
    }
  }

  List<RunSummary> summaries(Connection connection, @Nullable RunId run, int limit)
      throws SQLException {
    String where = run == null ? "" : "where id = ? ";
    try (PreparedStatement select =
        connection.prepareStatement(
            SUMMARY
                + where
                + "order by opened_at desc, id desc fetch first "
                + limit
                + " rows only")) {
      if (run != null) {
        select.setString(1, run.value());
      }
      List<RunSummary> found = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(summary(rows));
        }
      }
      return List.copyOf(found);
    }
  }

  static RunSummary summary(ResultSet row) throws SQLException {
    return new RunSummary(
        new RunId(row.getString("id")),
        row.getString("runbook"),
        row.getString("signal"),
        row.getString("target"),
        Mode.valueOf(row.getString("mode")),
        row.getObject("opened_at", OffsetDateTime.class).toInstant(),
        row.getString("class_id"),
        row.getString("result"),
        row.getString("reason"),
        instant(row.getObject("finished_at", OffsetDateTime.class)),
        row.getBoolean("imported"));
  }

  /**
   * @param values for the condition's question marks
   */
  List<RunId> ids(Connection connection, String condition, Object... values) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select id from run where " + condition + " order by opened_at, id")) {
      for (int i = 0; i < values.length; i++) {
        select.setObject(i + 1, values[i]);
      }
      List<RunId> ids = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          ids.add(new RunId(rows.getString(1)));
        }
      }
      return List.copyOf(ids);
    }
  }

  static boolean markDelivered(Connection connection, List<RunId> runs) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("update run set delivered = true where id = ?")) {
      for (RunId run : runs) {
        update.setString(1, run.value());
        update.addBatch();
      }
      return update.executeBatch().length == runs.size();
    }
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  /** Databases keep microseconds. */
  static OffsetDateTime time(Instant at) {
    return at.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }
}
