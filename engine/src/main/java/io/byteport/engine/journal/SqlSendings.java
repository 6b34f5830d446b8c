package io.byteport.engine.journal;

import io.byteport.engine.outbox.ChannelLoad;
import io.byteport.engine.outbox.Raised;
import io.byteport.engine.outbox.Sending;
import io.byteport.engine.run.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of messages, for people, within a transaction of the caller's. */
record SqlSendings(Connection connection) {
  private static final String SENDING =
      "select id, run, channel, event, title, state, put_at, attempts, due_at, ended_at, error from"
          + " outbox";

  ChannelLoad load(String channel) throws SQLException {
    return new ChannelLoad(
        channel,
        count(channel, "waiting"),
        count(channel, "dead"),
        sentAt(channel),
        error(channel));
  }

  private long count(String channel, String state) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select count(*) from outbox where channel = ? and state = ?")) {
      select.setString(1, channel);
      select.setString(2, state);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private @Nullable Instant sentAt(String channel) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select max(ended_at) from outbox where channel = ? and state = 'sent'")) {
      select.setString(1, channel);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return instant(row, 1);
      }
    }
  }

  private @Nullable String error(String channel) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select error from outbox where channel = ? and state = 'waiting' and error is not null"
                + " order by due_at desc fetch first 1 rows only")) {
      select.setString(1, channel);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getString(1) : null;
      }
    }
  }

  List<Sending> dead(int limit) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            SENDING
                + " where state = 'dead' order by ended_at desc, id desc fetch first ? rows"
                + " only")) {
      select.setInt(1, limit);
      return sendings(select);
    }
  }

  List<Sending> of(RunId run) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(SENDING + " where run = ? order by id")) {
      select.setString(1, run.value());
      return sendings(select);
    }
  }

  List<Raised> raised(RunId run) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select distinct source, fingerprint from alert where run = ? and passes = false order"
                + " by source, fingerprint")) {
      select.setString(1, run.value());
      List<Raised> raised = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          raised.add(new Raised(row.getString(1), row.getString(2)));
        }
      }
      return List.copyOf(raised);
    }
  }

  /**
   * Makes a message due once more that was given up.
   *
   * @return its channel; empty where there is none
   */
  Optional<String> retry(long id, Instant now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update outbox set state = 'waiting', due_at = ?, attempts = 0, tried_at = null,"
                + " ended_at = null, error = null where id = ? and state = 'dead' and body is not"
                + " null")) {
      update.setObject(1, SqlJournal.time(now));
      update.setLong(2, id);
      if (update.executeUpdate() == 0) {
        return Optional.empty();
      }
    }
    try (PreparedStatement select =
        connection.prepareStatement("select channel from outbox where id = ?")) {
      select.setLong(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }

  private static List<Sending> sendings(PreparedStatement select) throws SQLException {
    List<Sending> all = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        Sending.State state = Sending.State.valueOf(row.getString(6).toUpperCase(Locale.ROOT));
        all.add(
            new Sending(
                row.getLong(1),
                new RunId(row.getString(2)),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                state,
                row.getObject(7, OffsetDateTime.class).toInstant(),
                row.getInt(8),
                state == Sending.State.WAITING ? instant(row, 9) : null,
                instant(row, 10),
                row.getString(11)));
      }
    }
    return List.copyOf(all);
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
