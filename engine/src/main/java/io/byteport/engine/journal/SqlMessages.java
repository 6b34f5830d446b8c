package io.byteport.engine.journal;

import io.byteport.engine.channel.Message;
import io.byteport.engine.outbox.Claimed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages that one process sends, within a transaction of the caller's. */
record SqlMessages(Connection connection, String replica) {
  private static final Logger LOG = LoggerFactory.getLogger(SqlMessages.class);

  /** Of each incident the first alone. */
  private static final String FIRST =
      " and not exists (select 1 from outbox e where e.channel = o.channel and e.incident ="
          + " o.incident and e.state = 'waiting' and e.id < o.id)";

  private static final String CLAIM =
      "select o.id, o.attempts, o.tried_at, o.body from outbox o where o.channel = ? and o.state ="
          + " 'waiting' and o.due_at <= ? and (o.claimed_by is null or (o.claimed_by <> ? and not"
          + " exists (select 1 from replica r where r.id = o.claimed_by and r.lease_until >"
          + " current_timestamp)))"
          + FIRST
          + " order by o.id fetch first ? rows only for update skip locked";

  private static final String MINE = " where id = ? and state = 'waiting' and claimed_by = ?";

  private static final String TRIED =
      " attempts = attempts + 1, tried_at = coalesce(tried_at, ?), claimed_by = null";

  List<Claimed> claim(String channel, int most, Instant now, Function<String, Message> reader)
      throws SQLException {
    List<Claimed> claimed = new ArrayList<>();
    List<Long> unreadable = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(CLAIM)) {
      select.setString(1, channel);
      select.setObject(2, SqlJournal.time(now));
      select.setString(3, replica);
      select.setInt(4, most);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          OffsetDateTime tried = rows.getObject(3, OffsetDateTime.class);
          try {
            claimed.add(
                new Claimed(
                    rows.getLong(1),
                    rows.getInt(2),
                    tried == null ? null : tried.toInstant(),
                    reader.apply(rows.getString(4))));
          } catch (StoreException e) {
            unreadable.add(rows.getLong(1));
          }
        }
      }
    }
    if (!claimed.isEmpty()) {
      try (PreparedStatement update =
          connection.prepareStatement("update outbox set claimed_by = ? where id = ?")) {
        for (Claimed one : claimed) {
          update.setString(1, replica);
          update.setLong(2, one.id());
          update.addBatch();
        }
        update.executeBatch();
      }
    }
    for (long id : unreadable) {
      end(id, "this BytePort cannot read the message", now);
    }
    return List.copyOf(claimed);
  }

  private void end(long id, String error, Instant now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update outbox set state = 'dead', ended_at = ?, error = ?, claimed_by = null where id"
                + " = ?")) {
      update.setObject(1, SqlJournal.time(now));
      update.setString(2, error);
      update.setLong(3, id);
      update.executeUpdate();
    }
  }

  Optional<Instant> nextDue(String channel) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select min(o.due_at) from outbox o where o.channel = ? and o.state = 'waiting' and"
                + " o.claimed_by is null"
                + FIRST)) {
      select.setString(1, channel);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return Optional.ofNullable(row.getObject(1, OffsetDateTime.class))
            .map(OffsetDateTime::toInstant);
      }
    }
  }

  boolean sent(Claimed message, Instant now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update outbox set state = 'sent', ended_at = ?, error = null, body = null,"
                + TRIED
                + MINE)) {
      update.setObject(1, SqlJournal.time(now));
      update.setObject(2, SqlJournal.time(now));
      update.setLong(3, message.id());
      update.setString(4, replica);
      return update.executeUpdate() == 1;
    }
  }

  boolean later(Claimed message, Instant due, String error, Instant now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("update outbox set due_at = ?, error = ?," + TRIED + MINE)) {
      update.setObject(1, SqlJournal.time(due));
      update.setString(2, error);
      update.setObject(3, SqlJournal.time(now));
      update.setLong(4, message.id());
      update.setString(5, replica);
      return update.executeUpdate() == 1;
    }
  }

  boolean dead(Claimed message, String error, Instant now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update outbox set state = 'dead', ended_at = ?, error = ?," + TRIED + MINE)) {
      update.setObject(1, SqlJournal.time(now));
      update.setString(2, error);
      update.setObject(3, SqlJournal.time(now));
      update.setLong(4, message.id());
      update.setString(5, replica);
      if (update.executeUpdate() == 0) {
        return false;
      }
    }
    unsay(message.id());
    return true;
  }

  /** What nobody has heard, and nobody will, was not said. */
  private void unsay(long id) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "delete from notice where name = (select o.dedup from outbox o where o.id = ?) and not"
                + " exists (select 1 from outbox o join outbox d on d.id = ? and o.run = d.run and"
                + " o.dedup = d.dedup where o.state in ('waiting', 'sent'))")) {
      delete.setLong(1, id);
      delete.setLong(2, id);
      delete.executeUpdate();
    }
  }

  boolean release(Claimed message) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("update outbox set claimed_by = null" + MINE)) {
      update.setLong(1, message.id());
      update.setString(2, replica);
      return update.executeUpdate() == 1;
    }
  }

  Optional<Instant> abandon(Set<String> channels, Instant before, Instant now) throws SQLException {
    Optional<Instant> left = Optional.empty();
    List<Long> lost = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "select id, channel, put_at from outbox where state = 'waiting' order by put_at"
                    + " desc");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        Instant put = rows.getObject(3, OffsetDateTime.class).toInstant();
        if (!channels.contains(rows.getString(2))) {
          if (put.isBefore(before)) {
            lost.add(rows.getLong(1));
          } else {
            left = Optional.of(put);
          }
        }
      }
    }
    for (long id : lost) {
      LOG.warn("message {} waited for a channel that is not configured any more", id);
      end(id, "no channel of this name is configured any more", now);
      unsay(id);
    }
    return left;
  }
}
