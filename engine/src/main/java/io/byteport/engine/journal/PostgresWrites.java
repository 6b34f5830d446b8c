package io.byteport.engine.journal;

import io.byteport.engine.run.Event;
import io.byteport.engine.run.RunId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The same in one statement each, since every statement is a way to the server and back. */
record PostgresWrites() implements SqlWrites {
  private static final String OPEN =
      "with opened as (insert into run (id, runbook, signal, target, mode, opened_at, replica,"
          + " fence, entries) values (?, ?, ?, ?, ?, ?, ?, "
          + SqlReplicas.FIRST_FENCE
          + ", 1)), first as (insert into journal_entry (run, seq, at, kind, version, body) values"
          + " (?, 0, ?, ?, ?, ?)), due as (insert into scheduled_tasks (task_name, task_instance,"
          + " execution_time, picked, version) select '"
          + SqlReplicas.RUN_TASK
          + "', ?, ?, false, 1 where ?) insert into run_lock (name, run, since) values (?, ?, ?) on"
          + " conflict do nothing";

  private static final String APPEND =
      "with ahead as (update run set entries = entries + ?, class_id = coalesce(?, class_id),"
          + " result = coalesce(?, result), reason = coalesce(?, reason), finished_at = coalesce(?,"
          + " finished_at) where id = ? and fence = ? returning id, entries) insert into"
          + " journal_entry (run, seq, at, kind, version, body) select ahead.id, ahead.entries - ?"
          + " + line.number - 1, line.at, line.kind, ?, line.body from ahead cross join"
          + " unnest(?::text[]::timestamptz[], ?::text[], ?::text[]) with ordinality line (at,"
          + " kind, body, number)";

  private static final String LEAVE =
      "with locks as (delete from run_lock where run = ?), letters as (delete from run_inbox where"
          + " run = ?) delete from question where run = ?";

  @Override
  public boolean open(
      Connection connection,
      Event.Opened opened,
      Line first,
      String lock,
      @Nullable String replica,
      boolean due)
      throws SQLException {
    String run = opened.run().value();
    try (PreparedStatement insert = connection.prepareStatement(OPEN)) {
      StandardWrites.fill(insert, opened, replica);
      int index = 8;
      insert.setString(index++, run);
      insert.setObject(index++, SqlJournal.time(opened.at()));
      insert.setString(index++, JournalCodec.kind(opened));
      insert.setInt(index++, JournalCodec.VERSION);
      insert.setString(index++, first.body());
      insert.setString(index++, run);
      insert.setObject(index++, SqlJournal.time(opened.at()));
      insert.setBoolean(index++, due);
      insert.setString(index++, lock);
      insert.setString(index++, run);
      insert.setObject(index, SqlJournal.time(opened.at()));
      return insert.executeUpdate() == 1;
    }
  }

  @Override
  public void append(
      Connection connection, RunId run, long fence, List<Line> lines, @Nullable Instant finishedAt)
      throws SQLException {
    if (lines.isEmpty()) {
      new StandardWrites().append(connection, run, fence, lines, finishedAt);
      return;
    }
    try (PreparedStatement insert = connection.prepareStatement(APPEND)) {
      StandardWrites.fill(insert, run, fence, lines, finishedAt);
      insert.setInt(8, lines.size());
      insert.setInt(9, JournalCodec.VERSION);
      insert.setArray(
          10, texts(connection, lines, line -> SqlJournal.time(line.entry().at()).toString()));
      insert.setArray(11, texts(connection, lines, line -> JournalCodec.kind(line.entry())));
      insert.setArray(12, texts(connection, lines, Line::body));
      if (insert.executeUpdate() == 0) {
        throw SqlJournal.fenced(run);
      }
    }
  }

  private static Array texts(Connection connection, List<Line> lines, Function<Line, String> part)
      throws SQLException {
    return connection.createArrayOf("text", lines.stream().map(part).toArray());
  }

  @Override
  public void leave(Connection connection, RunId run) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(LEAVE)) {
      for (int index = 1; index <= 3; index++) {
        delete.setString(index, run.value());
      }
      delete.executeUpdate();
    }
  }
}
