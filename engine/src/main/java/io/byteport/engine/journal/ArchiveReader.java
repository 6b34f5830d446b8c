package io.byteport.engine.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Puts the lines of an archive into a store. Not safe for several threads. */
final class ArchiveReader {
  private static final int BATCH = 500;
  private static final List<String> OF_A_RUN = List.of("entry", "ledger", "lock", "letter");

  private final SqlRunStore store;
  private final ArchiveLines lines;
  private int runs;
  private int entries;

  ArchiveReader(SqlRunStore store, ArchiveLines lines) {
    this.store = store;
    this.lines = lines;
  }

  Archive.Count read() {
    while (true) {
      JsonNode line = lines.next();
      if (line == null) {
        throw new StoreException(
            "the archive is cut off after line " + (lines.number() - 1) + ": " + soFar());
      }
      if (line.has("run")) {
        run(line.get("run"));
      } else if (line.has("notice")) {
        JsonNode notice = line.get("notice");
        store.recordNotice(text(notice, "name"), Instant.parse(text(notice, "sent_at")));
      } else if (line.has("window")) {
        window(line.get("window"));
      } else if (line.has("end")) {
        if (line.get("end").asInt() != runs || line.path("entries").asInt() != entries) {
          throw new StoreException("the archive lacks some of its lines: " + soFar());
        }
        return new Archive.Count(runs, entries);
      } else {
        throw new StoreException("line " + lines.number() + " of the archive is not known");
      }
    }
  }

  private void window(JsonNode window) {
    String key = text(window, "name");
    if (key.startsWith(SqlKeys.LIMIT)) {
      store
          .transactions()
          .writeLazily(
              "read how far limits look back",
              connection -> {
                SqlKeys.note(
                    connection,
                    key.substring(SqlKeys.LIMIT.length()),
                    window.path("widest").asLong());
                return true;
              });
    }
  }

  private String soFar() {
    return runs + " runs were read";
  }

  private void run(JsonNode run) {
    String id = text(run, "id");
    if (store.run(new io.byteport.engine.run.RunId(id)).isPresent()) {
      throw new StoreException("run " + id + " is in the store already; " + soFar());
    }
    try {
      entries +=
          store
              .transactions()
              .writeOnce(
                  "read run " + id + " from the archive",
                  connection -> {
                    insert(connection, run);
                    return members(connection, id);
                  });
      runs++;
    } catch (StoreException e) {
      boolean taken = e.getCause() instanceof SQLException sql && isDuplicate(sql);
      throw taken
          ? new StoreException(
              "what run " + id + " holds or has counted is in the store already; " + soFar(), e)
          : e;
    }
  }

  private static boolean isDuplicate(SQLException e) {
    return e.getSQLState() != null && e.getSQLState().startsWith("23");
  }

  private static void insert(Connection connection, JsonNode run) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into run (id, runbook, signal, target, mode, opened_at, class_id, result,"
                + " reason, finished_at, delivered, imported, entries, fence) values (?, ?, ?, ?,"
                + " ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                + SqlReplicas.FIRST_FENCE
                + ")")) {
      int i = 1;
      for (String column : List.of("id", "runbook", "signal", "target", "mode")) {
        insert.setString(i++, text(run, column));
      }
      insert.setObject(i++, SqlJournal.time(Instant.parse(text(run, "opened_at"))));
      for (String column : List.of("class_id", "result", "reason")) {
        insert.setString(i++, optional(run, column));
      }
      String finished = optional(run, "finished_at");
      insert.setObject(i++, finished == null ? null : SqlJournal.time(Instant.parse(finished)));
      insert.setBoolean(i++, run.path("delivered").asBoolean(false));
      insert.setBoolean(i++, run.path("imported").asBoolean(false));
      insert.setInt(i, run.path("entries").asInt());
      insert.executeUpdate();
    }
  }

  /** Everything that follows and belongs to a run; how many entries that are. */
  private int members(Connection connection, String run) throws SQLException {
    int count = 0;
    try (PreparedStatement entry =
            connection.prepareStatement(
                "insert into journal_entry (run, seq, at, kind, version, body) values (?, ?, ?, ?,"
                    + " ?, ?)");
        PreparedStatement ledger =
            connection.prepareStatement(
                "insert into ledger (run, intent, name, at, released) values (?, ?, ?, ?, ?)");
        PreparedStatement lock =
            connection.prepareStatement(
                "insert into run_lock (run, name, since, scope) values (?, ?, ?, ?)");
        PreparedStatement letter =
            connection.prepareStatement(
                "insert into run_inbox (run, version, body) values (?, ?, ?)")) {
      List<PreparedStatement> inserts = List.of(entry, ledger, lock, letter);
      int waiting = 0;
      for (String kind = member(); kind != null; kind = member()) {
        JsonNode line = lines.next();
        JsonNode member = line == null ? null : line.get(kind);
        if (member == null) {
          throw new IllegalStateException("the line is gone");
        }
        PreparedStatement insert = inserts.get(OF_A_RUN.indexOf(kind));
        insert.setString(1, run);
        fill(insert, run, kind, member);
        insert.addBatch();
        count += kind.equals("entry") ? 1 : 0;
        if (++waiting % BATCH == 0) {
          flush(inserts);
        }
      }
      flush(inserts);
    }
    return count;
  }

  private static void flush(List<PreparedStatement> inserts) throws SQLException {
    for (PreparedStatement insert : inserts) {
      insert.executeBatch();
    }
  }

  private @Nullable String member() {
    JsonNode next = lines.peek();
    return next == null ? null : OF_A_RUN.stream().filter(next::has).findFirst().orElse(null);
  }

  private static void fill(PreparedStatement insert, String run, String kind, JsonNode member)
      throws SQLException {
    switch (kind) {
      case "entry" -> {
        insert.setInt(2, member.path("seq").asInt());
        insert.setObject(3, SqlJournal.time(Instant.parse(text(member, "at"))));
        insert.setString(4, text(member, "kind"));
        insert.setInt(5, member.path("version").asInt());
        insert.setString(6, member.path("body").toString());
      }
      case "ledger" -> {
        insert.setString(2, text(member, "intent"));
        insert.setString(3, text(member, "name"));
        insert.setObject(4, SqlJournal.time(Instant.parse(text(member, "at"))));
        insert.setBoolean(5, member.path("released").asBoolean(false));
      }
      case "lock" -> {
        insert.setString(2, text(member, "name"));
        insert.setObject(3, SqlJournal.time(Instant.parse(text(member, "since"))));
        insert.setString(4, SqlStorms.scope(text(member, "name"), run));
      }
      default -> {
        insert.setInt(2, member.path("version").asInt());
        insert.setString(3, member.path("body").toString());
      }
    }
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isString()) {
      throw new StoreException("the archive lacks `" + field + "` in a line");
    }
    return value.stringValue();
  }

  private static @Nullable String optional(JsonNode node, String field) {
    return node.path(field).isString() ? node.path(field).stringValue() : null;
  }
}
