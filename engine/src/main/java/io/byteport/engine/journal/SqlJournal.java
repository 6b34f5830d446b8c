package io.byteport.engine.journal;

import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunReport;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
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
  private static final String SUMMARY =
      "select id, runbook, signal, target, mode, opened_at, class_id, result, reason, finished_at,"
          + " imported"
          + " from run ";

  private static final String INSERT =
      "insert into journal_entry (run, seq, at, kind, version, body) values (?, ?, ?, ?, ?, ?)";

  private final JournalCodec codec;
  private final SqlQuestions questions;

  SqlJournal(JournalCodec codec) {
    this.codec = codec;
    this.questions = new SqlQuestions(codec);
  }

  void insertRun(Connection connection, Event.Opened opened, @Nullable String replica)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into run (id, runbook, signal, target, mode, opened_at, replica, fence,"
                + " entries) values (?, ?, ?, ?, ?, ?, ?, "
                + SqlReplicas.FIRST_FENCE
                + ", 1)")) {
      insert.setString(1, opened.run().value());
      insert.setString(2, opened.runbook());
      insert.setString(3, opened.signal().type());
      insert.setString(4, opened.targetKey());
      insert.setString(5, opened.mode().name());
      insert.setObject(6, time(opened.at()));
      insert.setString(7, replica);
      insert.executeUpdate();
    }
  }

  /** Writes the entry that an inserted run begins with. */
  void insertFirst(Connection connection, RunId run, Line opened) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      add(insert, run, 0, opened);
      insert.executeBatch();
    }
  }

  /**
   * @throws FencedException if another process carries the run on
   */
  void append(Connection connection, RunId run, long fence, List<Line> lines) throws SQLException {
    insert(connection, run, lines, advance(connection, run, fence, lines, null));
    questions.follow(connection, run, lines);
  }

  /** Writes the last lines of a run, which has ended then and asks nothing any more. */
  void finish(Connection connection, RunId run, long fence, List<Line> lines, Instant at)
      throws SQLException {
    insert(connection, run, lines, advance(connection, run, fence, lines, at));
    questions.close(connection, run);
  }

  private void insert(Connection connection, RunId run, List<Line> lines, int from)
      throws SQLException {
    if (lines.isEmpty()) {
      return;
    }
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      int seq = from;
      for (Line line : lines) {
        add(insert, run, seq++, line);
      }
      insert.executeBatch();
    }
  }

  /**
   * Writes the tails of several runs.
   *
   * @return the runs that another process carries on, whose tails are not written
   */
  Set<RunId> appendTails(Connection connection, List<OwnRun> runs) throws SQLException {
    Set<RunId> fenced = new HashSet<>();
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (OwnRun run : runs) {
        List<Line> tail = run.tail();
        try {
          int seq = advance(connection, run.id, run.fence, tail, null);
          for (Line line : tail) {
            add(insert, run.id, seq++, line);
          }
        } catch (FencedException e) {
          fenced.add(run.id);
        }
      }
      if (fenced.size() < runs.size()) {
        insert.executeBatch();
      }
    }
    for (OwnRun run : runs) {
      if (!fenced.contains(run.id)) {
        questions.follow(connection, run.id, run.tail());
      }
    }
    return fenced;
  }

  private static void add(PreparedStatement insert, RunId run, int seq, Line line)
      throws SQLException {
    JournalEntry entry = line.entry();
    insert.setString(1, run.value());
    insert.setInt(2, seq);
    insert.setObject(3, time(entry.at()));
    insert.setString(4, JournalCodec.kind(entry));
    insert.setInt(5, JournalCodec.VERSION);
    insert.setString(6, line.body());
    insert.addBatch();
  }

  static FencedException fenced(RunId run) {
    return new FencedException("run " + run + " is carried on by another process");
  }

  List<Question> questions(Connection connection) throws SQLException {
    return questions.open(connection);
  }

  /**
   * Makes room for some lines and keeps the one line about a run up to date. The row of the run
   * is locked until the transaction ends, so that nobody takes the run over meanwhile.
   *
   * @param finishedAt null where it goes on
   * @return the number of the first of the lines
   */
  private static int advance(
      Connection connection,
      RunId run,
      long fence,
      List<Line> lines,
      @Nullable Instant finishedAt)
      throws SQLException {
    String classId = null;
    RunReport report = null;
    for (Line line : lines) {
      if (line.entry() instanceof Note.Classified classified) {
        classId = classified.classId();
      } else if (line.entry() instanceof Note.Finished finished) {
        report = finished.report();
      }
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            "update run set entries = entries + ?, class_id = coalesce(?, class_id), result ="
                + " coalesce(?, result), reason = coalesce(?, reason), finished_at ="
                + " coalesce(?, finished_at) where id = ? and fence = ?",
            new String[] {"entries"})) {
      update.setInt(1, lines.size());
      update.setString(2, classId);
      update.setString(3, report == null ? null : report.result().word());
      update.setString(4, report == null ? null : report.reason());
      update.setObject(
          5, finishedAt == null ? null : time(finishedAt), Types.TIMESTAMP_WITH_TIMEZONE);
      update.setString(6, run.value());
      update.setLong(7, fence);
      if (update.executeUpdate() == 0) {
        throw fenced(run);
      }
      try (ResultSet row = update.getGeneratedKeys()) {
        row.next();
        return row.getInt(1) - lines.size();
      }
    }
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

  /** Takes a letter out; all of them where none is given. */
  void discard(Connection connection, RunId run, @Nullable Letter letter) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "delete from run_inbox where run = ?" + (letter == null ? "" : " and id = ?"))) {
      delete.setString(1, run.value());
      if (letter != null) {
        delete.setLong(2, letter.number());
      }
      delete.executeUpdate();
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

  List<JournalEntry> entries(Connection connection, RunId run) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select body from journal_entry where run = ? order by seq")) {
      select.setString(1, run.value());
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

  private static RunSummary summary(ResultSet row) throws SQLException {
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
