package io.byteport.engine.journal;

import io.byteport.engine.run.Event;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Open questions as rows that follow from what is appended to the journal. */
final class SqlQuestions {
  private final JournalCodec codec;

  SqlQuestions(JournalCodec codec) {
    this.codec = codec;
  }

  /**
   * Keeps a run's question up to date: one is opened by its note, and closed by what answers it.
   */
  void follow(Connection connection, RunId run, List<Line> lines) throws SQLException {
    @Nullable Line asked = null;
    boolean touched = false;
    for (Line line : lines) {
      switch (line.entry()) {
        case Note.Asked note -> {
          asked = line;
          touched = true;
        }
        case Event.Approved answer -> {
          asked = null;
          touched = true;
        }
        case Event.TimeReached reached -> {
          asked = null;
          touched = true;
        }
        default -> {
          // says nothing about a question
        }
      }
    }
    if (touched) {
      close(connection, run);
    }
    if (asked != null && asked.entry() instanceof Note.Asked note) {
      insert(connection, run, note, asked.body());
    }
  }

  void close(Connection connection, RunId run) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from question where run = ?")) {
      delete.setString(1, run.value());
      delete.executeUpdate();
    }
  }

  private static void insert(Connection connection, RunId run, Note.Asked asked, String body)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into question (run, guardrail, hash, asked_at, until_at, version, body) values"
                + " (?, ?, ?, ?, ?, ?, ?)")) {
      insert.setString(1, run.value());
      insert.setString(2, asked.guardrail());
      insert.setString(3, asked.plan().hash());
      insert.setObject(4, SqlJournal.time(asked.at()));
      insert.setObject(5, SqlJournal.time(asked.until()));
      insert.setInt(6, JournalCodec.VERSION);
      insert.setString(7, body);
      insert.executeUpdate();
    }
  }

  List<Question> open(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select run.id, run.runbook, run.target, question.body from question join run on run.id"
                + " = question.run where run.finished_at is null order by question.asked_at,"
                + " run.id")) {
      List<Question> questions = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          if (codec.read(rows.getString(4)) instanceof Note.Asked asked) {
            questions.add(
                new Question(
                    new RunId(rows.getString(1)),
                    rows.getString(2),
                    rows.getString(3),
                    asked.guardrail(),
                    asked.question(),
                    asked.plan(),
                    asked.changes(),
                    asked.at(),
                    asked.until()));
          }
        }
      }
      return List.copyOf(questions);
    }
  }
}
