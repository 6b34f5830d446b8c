package io.byteport.engine.journal;

import io.byteport.engine.outbox.Envelope;
import io.byteport.engine.outbox.Outgoing;
import io.byteport.engine.outbox.Sending;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts messages into the outbox, within a transaction of the caller's. */
record SqlPost(Connection connection, JournalCodec codec, Instant now) {
  private static final Logger LOG = LoggerFactory.getLogger(SqlPost.class);

  /** Longer keys do not fit into an index. */
  private static final int LONGEST_KEY = 500;

  private static final int LONGEST_TEXT = 2000;

  void put(List<Outgoing> notices) throws SQLException {
    // Several notices of one report may share a key: they are said together, or not at all.
    Map<String, Boolean> said = new HashMap<>();
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into outbox (run, name, channel, incident, event, title, dedup, state, put_at,"
                + " due_at, body) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do"
                + " nothing")) {
      for (Outgoing notice : notices) {
        String dedup = notice.dedups() ? key(notice.notice().dedupKey()) : null;
        boolean repeats = false;
        if (dedup != null && !notice.to().envelopes().isEmpty()) {
          Boolean known = said.get(dedup);
          if (known == null) {
            known = !isNews(dedup, notice.notice().dedupFor());
            said.put(dedup, known);
          }
          repeats = known;
        }
        if (repeats) {
          LOG.info("run {} says what was said before: {}", notice.run(), dedup);
        }
        for (Envelope envelope : notice.to().envelopes()) {
          insert.setString(4, key(envelope.message().incidentKey()));
          insert.setString(11, repeats ? null : codec.write(envelope.message()));
          add(
              insert,
              notice,
              envelope.channel(),
              dedup,
              repeats ? Sending.State.REPEATED : Sending.State.WAITING);
        }
        for (String kind : notice.to().unheard()) {
          insert.setString(4, "");
          insert.setString(11, null);
          add(insert, notice, kind, dedup, Sending.State.UNHEARD);
        }
      }
      insert.executeBatch();
    }
  }

  private void add(
      PreparedStatement insert,
      Outgoing notice,
      String channel,
      @Nullable String dedup,
      Sending.State state)
      throws SQLException {
    insert.setString(1, notice.run().value());
    insert.setString(2, notice.name());
    insert.setString(3, channel);
    insert.setString(5, text(notice.notice().event()));
    insert.setString(6, text(codec.cleanText(notice.notice().title())));
    insert.setString(7, dedup);
    insert.setString(8, state.name().toLowerCase(Locale.ROOT));
    insert.setObject(9, SqlJournal.time(now));
    insert.setObject(10, SqlJournal.time(now));
    insert.addBatch();
  }

  /** Notes that something is said, unless it was said a short time ago; for one of many at once. */
  private boolean isNews(String key, Duration within) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into notice (name, sent_at) values (?, ?) on conflict do nothing")) {
      insert.setString(1, key);
      insert.setObject(2, SqlJournal.time(now));
      if (insert.executeUpdate() == 1) {
        return true;
      }
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            "update notice set sent_at = ? where name = ? and sent_at <= ?")) {
      update.setObject(1, SqlJournal.time(now));
      update.setString(2, key);
      update.setObject(3, SqlJournal.time(now.minus(within)));
      return update.executeUpdate() == 1;
    }
  }

  /** The same for equal texts, and another for others. */
  static String key(String text) {
    return text.length() <= LONGEST_KEY
        ? text.replace('\0', ' ')
        : UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
            + " "
            + text.substring(0, LONGEST_KEY).replace('\0', ' ');
  }

  /** A text for people to look at, not too long and without what a database does not take. */
  static String text(String text) {
    String brief = text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...";
    return brief.replace('\0', ' ');
  }
}
