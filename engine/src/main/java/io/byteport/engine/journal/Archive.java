package io.byteport.engine.journal;

import io.byteport.engine.run.RunId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A store as lines of JSON: a header, each run with its entries, what it has counted and what it
 * holds, what was told to people, and an end by which a cut file is recognised. Written and read
 * line by line, whatever the size. Secrets are taken out once more on the way out.
 */
public final class Archive {
  /** Of the lines; what is in an entry has a format of its own. */
  static final int VERSION = 1;

  private static final int PAGE = 500;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final SqlRunStore store;

  public Archive(SqlRunStore store) {
    this.store = store;
  }

  /** How much was written or read. */
  public record Count(int runs, int entries) {}

  /**
   * Writes everything, as it is at one moment.
   *
   * @throws IOException if it cannot be written
   */
  public Count write(Writer out, Instant now) throws IOException {
    try {
      return store
          .transactions()
          .readSteadily("export the store", connection -> new Lines(connection, out).write(now));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private final class Lines {
    private final Connection connection;
    private final Writer out;
    private int runs;
    private int entries;

    Lines(Connection connection, Writer out) {
      this.connection = connection;
      this.out = out;
    }

    Count write(Instant now) throws SQLException {
      ObjectNode header = JSON.createObjectNode();
      header.put("archive", "byteport").put("version", VERSION).put("exportedAt", now.toString());
      header.put("schema", StoreCheck.SCHEMA).put("format", JournalCodec.VERSION);
      line(header);
      String last = "";
      while (true) {
        List<RunId> page = ids(last);
        for (RunId run : page) {
          run(run);
        }
        if (page.isEmpty()) {
          break;
        }
        last = page.getLast().value();
      }
      table("notice", "select name, sent_at from notice order by name", null);
      table(
          "window",
          "select name, widest from claim_key where widest is not null order by name",
          null);
      line(JSON.createObjectNode().put("end", runs).put("entries", entries));
      return new Count(runs, entries);
    }

    private List<RunId> ids(String after) throws SQLException {
      try (PreparedStatement select =
          connection.prepareStatement(
              "select id from run where id > ? order by id fetch first " + PAGE + " rows only")) {
        select.setString(1, after);
        List<RunId> ids = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            ids.add(new RunId(rows.getString(1)));
          }
        }
        return ids;
      }
    }

    private void run(RunId run) throws SQLException {
      int count =
          table(
              "run",
              "select id, runbook, signal, target, mode, opened_at, class_id, result, reason,"
                  + " finished_at, delivered, imported, entries from run where id = ?",
              run);
      runs += count;
      long from = -1;
      while (true) {
        long next = page(run, from);
        if (next == from) {
          break;
        }
        from = next;
      }
      table("ledger", "select intent, name, run, at, released from ledger where run = ?", run);
      table("lock", "select name, run, since from run_lock where run = ?", run);
      table("letter", "select run, version, body from run_inbox where run = ? order by id", run);
    }

    private long page(RunId run, long from) throws SQLException {
      long last = from;
      try (PreparedStatement select =
          connection.prepareStatement(
              "select seq, at, kind, version, body from journal_entry where run = ? and seq > ?"
                  + " order by seq fetch first "
                  + PAGE
                  + " rows only")) {
        select.setString(1, run.value());
        select.setLong(2, from);
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            last = rows.getLong(1);
            ObjectNode entry = JSON.createObjectNode();
            entry.put("seq", last).put("at", time(rows, 2)).put("kind", rows.getString(3));
            entry.put("version", rows.getInt(4));
            entry.set("body", store.codec().clean(rows.getString(5)));
            line(JSON.createObjectNode().set("entry", entry));
            entries++;
          }
        }
      }
      return last;
    }

    private int table(String name, String query, @org.jspecify.annotations.Nullable RunId run)
        throws SQLException {
      int count = 0;
      try (PreparedStatement select = connection.prepareStatement(query)) {
        if (run != null) {
          select.setString(1, run.value());
        }
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            line(JSON.createObjectNode().set(name, row(rows)));
            count++;
          }
        }
      }
      return count;
    }

    private ObjectNode row(ResultSet rows) throws SQLException {
      ObjectNode row = JSON.createObjectNode();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        String column = rows.getMetaData().getColumnLabel(i);
        switch (column) {
          case "opened_at", "finished_at", "at", "since", "sent_at" ->
              row.put(column, time(rows, i));
          case "delivered", "imported", "released" -> row.put(column, rows.getBoolean(i));
          case "widest" -> row.put(column, rows.getLong(i));
          case "entries", "version" -> row.put(column, rows.getInt(i));
          case "body" -> row.set(column, store.codec().clean(rows.getString(i)));
          case "signal", "reason" -> {
            String text = rows.getString(i);
            row.put(column, text == null ? null : store.codec().cleanText(text));
          }
          default -> row.put(column, rows.getString(i));
        }
      }
      return row;
    }

    private void line(JsonNode node) {
      try {
        out.write(JSON.writeValueAsString(node));
        out.write('\n');
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static @org.jspecify.annotations.Nullable String time(ResultSet rows, int column)
      throws SQLException {
    OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant().toString();
  }

  /**
   * Reads what {@link #write} has written into this store, one transaction for each run. Runs that
   * were read before a failure stay.
   *
   * @throws IOException if it cannot be read
   * @throws StoreException if it is no archive, is of a later version or cut off; or if a run, or
   *     what it holds, is in the store already: nothing of that run is written then
   */
  public Count read(BufferedReader in) throws IOException {
    ArchiveLines lines = new ArchiveLines(in);
    JsonNode header = lines.next();
    if (header == null || !header.path("archive").asString("").equals("byteport")) {
      throw new StoreException("this is no archive of a store: it does not begin with a header");
    }
    int version = header.path("version").asInt(0);
    if (version < 1 || version > VERSION) {
      throw new StoreException(
          "the archive is of version "
              + version
              + ", but this BytePort reads 1 to "
              + VERSION
              + ": run a newer one");
    }
    ArchiveReader reader = new ArchiveReader(store, lines);
    try {
      return reader.read();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (JacksonException e) {
      throw new StoreException("line " + lines.number() + " of the archive cannot be read", e);
    }
  }
}
