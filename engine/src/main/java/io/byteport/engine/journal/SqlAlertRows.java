package io.byteport.engine.journal;

import io.byteport.engine.intake.Begun;
import io.byteport.engine.intake.Episode;
import io.byteport.engine.intake.EpisodeId;
import io.byteport.engine.intake.Known;
import io.byteport.engine.intake.Outcome;
import io.byteport.engine.run.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of alerts, within a transaction of the caller's. */
record SqlAlertRows(AlertCodec codec) {
  /** How many alerts one statement asks for, so that there are few different statements. */
  private static final int ASKED_AT_ONCE = 100;

  static final String DUE = "due";
  static final String JOINED = "joined";
  static final String DONE = "done";

  /** The latest episode of each of some alerts. */
  Map<String, Known> latest(Connection connection, Collection<String> alerts) throws SQLException {
    Map<String, Known> found = new HashMap<>();
    List<String> asked = List.copyOf(alerts);
    for (int from = 0; from < asked.size(); from += ASKED_AT_ONCE) {
      List<String> some = asked.subList(from, Math.min(from + ASKED_AT_ONCE, asked.size()));
      int places = some.size() == 1 ? 1 : ASKED_AT_ONCE;
      try (PreparedStatement select =
          connection.prepareStatement(
              KNOWN
                  + "where a.id in ("
                  + String.join(", ", Collections.nCopies(places, "?"))
                  + ") and not exists (select 1 from alert n where n.id = a.id and n.episode >"
                  + " a.episode)")) {
        for (int i = 0; i < places; i++) {
          select.setString(i + 1, some.get(Math.min(i, some.size() - 1)));
        }
        known(select).forEach(known -> found.put(known.id().alert(), known));
      }
    }
    return found;
  }

  List<Known> firing(Connection connection, String source) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(KNOWN + "where a.source = ? and a.ended_at is null")) {
      select.setString(1, source);
      return known(select);
    }
  }

  private static final String KNOWN =
      "select a.id, a.episode, a.ended_at, a.heard_at, a.version, a.body, a.title, a.outcome from"
          + " alert a ";

  private List<Known> known(PreparedStatement select) throws SQLException {
    List<Known> known = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        boolean recorded = Outcome.Kind.RECORDED.word().equals(rows.getString("outcome"));
        known.add(
            new Known(
                id(rows),
                rows.getObject("ended_at", OffsetDateTime.class) == null,
                at(rows, "heard_at"),
                !recorded,
                codec.read(rows.getString("body"), rows.getInt("version")),
                rows.getString("title")));
      }
    }
    return known;
  }

  void begin(Connection connection, List<Begun> begun) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into alert (id, episode, source, fingerprint, title, began_at, ended_at,"
                + " heard_at, heard, version, body, stage, escalates, passes, outcome, reason)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?)")) {
      for (Begun one : begun) {
        insert.setString(1, one.id().alert());
        insert.setInt(2, one.id().number());
        insert.setString(3, one.source());
        insert.setString(4, one.signal().fingerprint());
        insert.setString(5, codec.clean(one.title()));
        insert.setObject(6, SqlJournal.time(one.at()));
        insert.setObject(7, time(one.endedAt()), Types.TIMESTAMP_WITH_TIMEZONE);
        insert.setObject(8, SqlJournal.time(one.at()));
        insert.setInt(9, AlertCodec.VERSION);
        insert.setString(10, codec.write(one.signal()));
        insert.setString(11, one.recorded() == null ? DUE : DONE);
        insert.setBoolean(12, one.escalates());
        insert.setBoolean(13, one.endedAt() != null);
        insert.setString(14, one.recorded() == null ? null : Outcome.Kind.RECORDED.word());
        insert.setString(15, one.recorded());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /**
   * Ends episodes. What is due of them is due no more, but for what somebody has been at: a run may
   * have been opened for it, and whoever comes next looks for that.
   */
  static void end(Connection connection, List<EpisodeId> episodes, Instant at) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update alert set ended_at = ?, outcome = case when stage = 'due' and claimed_by is"
                + " null then 'recorded' else outcome end, reason = case when stage = 'due' and"
                + " claimed_by is null then ? else reason end, stage = case when stage = 'due' and"
                + " claimed_by is not null then 'due' else 'done' end where id = ? and episode = ?"
                + " and ended_at is null")) {
      for (EpisodeId id : episodes) {
        update.setObject(1, SqlJournal.time(at));
        update.setString(2, Outcome.TOO_LATE);
        update.setString(3, id.alert());
        update.setInt(4, id.number());
        update.addBatch();
      }
      update.executeBatch();
    }
  }

  static int lapse(Connection connection, String source, Instant since, Instant at)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update alert set ended_at = ? where source = ? and ended_at is null and heard_at <"
                + " ?")) {
      update.setObject(1, SqlJournal.time(at));
      update.setString(2, source);
      update.setObject(3, SqlJournal.time(since));
      return update.executeUpdate();
    }
  }

  static @Nullable RunId run(Connection connection, EpisodeId id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select run from alert where id = ? and episode = ?")) {
      select.setString(1, id.alert());
      select.setInt(2, id.number());
      try (ResultSet row = select.executeQuery()) {
        String run = row.next() ? row.getString(1) : null;
        return run == null ? null : new RunId(run);
      }
    }
  }

  /** Episodes, newest first. */
  List<Episode> episodes(Connection connection, String where, int limit) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select id, episode, source, title, began_at, ended_at, heard_at, heard, version, body,"
                + " outcome, run, reason from alert "
                + where
                + " order by began_at desc, id, episode fetch first "
                + limit
                + " rows only")) {
      List<Episode> episodes = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          OffsetDateTime endedAt = rows.getObject("ended_at", OffsetDateTime.class);
          episodes.add(
              new Episode(
                  id(rows),
                  rows.getString("source"),
                  rows.getString("title"),
                  codec.read(rows.getString("body"), rows.getInt("version")),
                  at(rows, "began_at"),
                  endedAt == null ? null : endedAt.toInstant(),
                  at(rows, "heard_at"),
                  rows.getLong("heard"),
                  outcome(rows)));
        }
      }
      return List.copyOf(episodes);
    }
  }

  private static @Nullable Outcome outcome(ResultSet rows) throws SQLException {
    String outcome = rows.getString("outcome");
    String run = rows.getString("run");
    return outcome == null
        ? null
        : new Outcome(
            Outcome.Kind.valueOf(outcome.toUpperCase(Locale.ROOT)),
            run == null ? null : new RunId(run),
            rows.getString("reason"));
  }

  static EpisodeId id(ResultSet rows) throws SQLException {
    return new EpisodeId(rows.getString("id"), rows.getInt("episode"));
  }

  static Instant at(ResultSet rows, String column) throws SQLException {
    return rows.getObject(column, OffsetDateTime.class).toInstant();
  }

  static @Nullable OffsetDateTime time(@Nullable Instant at) {
    return at == null ? null : SqlJournal.time(at);
  }
}
