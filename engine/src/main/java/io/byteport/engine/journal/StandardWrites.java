package io.byteport.engine.journal;

import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements that every database reads, one for each row or kind of row. */
record StandardWrites() implements SqlWrites {
  @Override
  public boolean open(
      Connection connection,
      Event.Opened opened,
      Line first,
      String lock,
      @Nullable String replica,
      boolean due)
      throws SQLException {
    RunId run = opened.run();
    insertRun(connection, opened, replica);
    if (!SqlLedger.takeLock(connection, run, lock, opened.at())) {
      return false;
    }
    insert(connection, run, List.of(first), 0);
    if (due) {
      SqlReplicas.makeDue(connection, run, opened.at());
    }
    return true;
  }

  static void insertRun(Connection connection, Event.Opened opened, @Nullable String replica)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into run (id, runbook, signal, target, mode, opened_at, replica, fence,"
                + " entries) values (?, ?, ?, ?, ?, ?, ?, "
                + SqlReplicas.FIRST_FENCE
                + ", 1)")) {
      fill(insert, opened, replica);
      insert.executeUpdate();
    }
  }

  /** Fills in seven values. */
  static void fill(PreparedStatement insert, Event.Opened opened, @Nullable String replica)
      throws SQLException {
    insert.setString(1, opened.run().value());
    insert.setString(2, opened.runbook());
    insert.setString(3, opened.signal().type());
    insert.setString(4, opened.targetKey());
    insert.setString(5, opened.mode().name());
    insert.setObject(6, SqlJournal.time(opened.at()));
    insert.setString(7, replica);
  }

  /**
   * @param from the number of the first of the lines
   */
  static void insert(Connection connection, RunId run, List<Line> lines, int from)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into journal_entry (run, seq, at, kind, version, body) values (?, ?, ?, ?, ?,"
                + " ?)")) {
      int seq = from;
      for (Line line : lines) {
        JournalEntry entry = line.entry();
        insert.setString(1, run.value());
        insert.setInt(2, seq++);
        insert.setObject(3, SqlJournal.time(entry.at()));
        insert.setString(4, JournalCodec.kind(entry));
        insert.setInt(5, JournalCodec.VERSION);
        insert.setString(6, line.body());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  @Override
  public void append(
      Connection connection, RunId run, long fence, List<Line> lines, @Nullable Instant finishedAt)
      throws SQLException {
    int from = advance(connection, run, fence, lines, finishedAt);
    if (!lines.isEmpty()) {
      insert(connection, run, lines, from);
    }
  }

  /** Makes room for some lines, and says where it begins. */
  private static int advance(
      Connection connection, RunId run, long fence, List<Line> lines, @Nullable Instant finishedAt)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update run set entries = entries + ?, class_id = coalesce(?, class_id), result ="
                + " coalesce(?, result), reason = coalesce(?, reason), finished_at ="
                + " coalesce(?, finished_at) where id = ? and fence = ?",
            new String[] {"entries"})) {
      fill(update, run, fence, lines, finishedAt);
      if (update.executeUpdate() == 0) {
        throw SqlJournal.fenced(run);
      }
      try (ResultSet row = update.getGeneratedKeys()) {
        row.next();
        return row.getInt(1) - lines.size();
      }
    }
  }

  /** Fills in seven values. */
  static void fill(
      PreparedStatement update,
      RunId run,
      long fence,
      List<Line> lines,
      @Nullable Instant finishedAt)
      throws SQLException {
    RunLine line = RunLine.of(lines);
    update.setInt(1, lines.size());
    update.setString(2, line.classId());
    update.setString(3, line.result());
    update.setString(4, line.reason());
    update.setObject(
        5, finishedAt == null ? null : SqlJournal.time(finishedAt), Types.TIMESTAMP_WITH_TIMEZONE);
    update.setString(6, run.value());
    update.setLong(7, fence);
  }

  @Override
  public void leave(Connection connection, RunId run) throws SQLException {
    for (String table : List.of("run_lock", "run_inbox", "question")) {
      try (PreparedStatement delete =
          connection.prepareStatement("delete from " + table + " where run = ?")) {
        delete.setString(1, run.value());
        delete.executeUpdate();
      }
    }
  }
}
