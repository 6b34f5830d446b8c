package io.byteport.engine.journal;

import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.guardrail.Standing;
import io.byteport.engine.run.ActionResult;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.RunId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The state in a relational database, in one transaction for each call. */
public final class SqlRunStore implements RunStore {
  private final SqlTransactions transactions;
  private final SqlJournal journal;
  private final SqlLedger ledger = new SqlLedger();
  private final AutoCloseable database;

  private SqlRunStore(EmbeddedDatabase database, JournalCodec codec) {
    this.transactions = new SqlTransactions(database.connections(), database.flush());
    this.journal = new SqlJournal(codec);
    this.database = database;
  }

  /**
   * Opens the state that lives in a folder, and makes both where they do not exist. One process at
   * a time can have a folder open.
   *
   * @throws StoreException if another process has it open, or it cannot be used
   */
  public static SqlRunStore inFolder(Path folder, Redactor redactor) {
    return new SqlRunStore(EmbeddedDatabase.inFolder(folder), new JournalCodec(redactor));
  }

  /** A store of its own that is gone when it is closed. */
  public static SqlRunStore inMemory(Redactor redactor) {
    return new SqlRunStore(EmbeddedDatabase.inMemory(), new JournalCodec(redactor));
  }

  @Override
  public Optional<RunId> open(Event.Opened opened) {
    String incident = incident(opened.mode(), opened.targetKey());
    return transactions.write(
        "open a run",
        connection -> {
          RunId holder = SqlLedger.holder(connection, incident);
          if (holder != null) {
            return Optional.of(holder);
          }
          journal.insertRun(connection, opened);
          if (!SqlLedger.takeLock(connection, opened.run(), incident, opened.at())) {
            holder = SqlLedger.holder(connection, incident);
            connection.rollback();
            return Optional.ofNullable(holder);
          }
          journal.append(connection, opened.run(), List.of(opened));
          return Optional.empty();
        });
  }

  /** The lock that holds other runs off a target. */
  private static String incident(Mode mode, String targetKey) {
    return "incident " + mode.name() + " " + targetKey;
  }

  @Override
  public Optional<RunId> openRun(Mode mode, String targetKey) {
    return transactions.read(
        "look for an open run",
        connection -> Optional.ofNullable(SqlLedger.holder(connection, incident(mode, targetKey))));
  }

  @Override
  public void append(RunId run, List<? extends JournalEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    transactions.write(
        "write to the journal",
        connection -> {
          journal.append(connection, run, entries);
          return true;
        });
  }

  @Override
  public List<JournalEntry> entries(RunId run) {
    return transactions.read("read the journal", connection -> journal.entries(connection, run));
  }

  @Override
  public List<RunSummary> runs(int limit) {
    return transactions.read("list runs", connection -> journal.summaries(connection, null, limit));
  }

  @Override
  public Optional<RunSummary> run(RunId run) {
    return transactions.read(
        "look up a run", connection -> journal.summaries(connection, run, 1).stream().findFirst());
  }

  @Override
  public List<RunId> unfinished() {
    return transactions.read(
        "list open runs", connection -> journal.ids(connection, "finished_at is null"));
  }

  @Override
  public List<Standing> check(RunId run, List<Claim> claims, Instant now, boolean takeLocks) {
    if (!takeLocks) {
      return transactions.read(
          "look at limits", connection -> ledger.judge(connection, run, claims, now));
    }
    return transactions.write(
        "take locks",
        connection -> {
          ledger.lockKeys(connection, claims);
          List<Standing> standings = ledger.judge(connection, run, claims, now);
          boolean free =
              standings.stream()
                  .filter(standing -> standing.claim() instanceof Claim.Lock)
                  .allMatch(Standing::granted);
          if (free) {
            ledger.takeLocks(connection, run, claims, now);
          }
          return standings;
        });
  }

  @Override
  public List<Standing> reserve(RunId run, Event.ChangeIntended intent, List<Claim> claims) {
    return transactions.write(
        "record an intent",
        connection -> {
          ledger.lockKeys(connection, claims);
          List<Standing> standings = ledger.judge(connection, run, claims, intent.at());
          if (standings.stream().allMatch(Standing::granted)) {
            ledger.takeLocks(connection, run, claims, intent.at());
            ledger.count(connection, run, intent.intent(), claims, intent.at());
            journal.append(connection, run, List.of(intent.with(standings)));
          }
          return standings;
        });
  }

  @Override
  public void finish(RunId run, Event.ChangeFinished finished, List<? extends JournalEntry> more) {
    List<JournalEntry> entries = new ArrayList<>();
    entries.add(finished);
    entries.addAll(more);
    transactions.write(
        "record an outcome",
        connection -> {
          if (finished.result() instanceof ActionResult.Failed failed
              && failed.certainlyNothing()) {
            ledger.release(connection, finished.intent());
          }
          journal.append(connection, run, entries);
          return true;
        });
  }

  @Override
  public void close(RunId run, List<? extends JournalEntry> entries) {
    transactions.write(
        "end a run",
        connection -> {
          journal.append(connection, run, entries);
          Instant at = entries.isEmpty() ? lastAt(connection, run) : entries.getLast().at();
          journal.finishRun(connection, run, at);
          ledger.freeLocks(connection, run);
          return true;
        });
  }

  private static Instant lastAt(Connection connection, RunId run) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select max(at) from journal_entry where run = ?")) {
      select.setString(1, run.value());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getObject(1, OffsetDateTime.class).toInstant();
      }
    }
  }

  @Override
  public List<RunId> undelivered() {
    return transactions.read(
        "list reports",
        connection -> journal.ids(connection, "finished_at is not null and delivered = false"));
  }

  @Override
  public void delivered(RunId run) {
    transactions.write(
        "note a delivery",
        connection -> {
          journal.markDelivered(connection, run);
          return true;
        });
  }

  @Override
  public boolean noticeSent(String dedupKey, Instant now, Duration within) {
    return transactions.read(
        "look up a notice",
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement("select sent_at from notice where name = ?")) {
            select.setString(1, dedupKey);
            try (ResultSet row = select.executeQuery()) {
              return row.next()
                  && row.getObject(1, OffsetDateTime.class).toInstant().isAfter(now.minus(within));
            }
          }
        });
  }

  @Override
  public void recordNotice(String dedupKey, Instant at) {
    transactions.write(
        "note a notice",
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "insert into notice (name, sent_at) values (?, ?) on conflict do nothing")) {
            insert.setString(1, dedupKey);
            insert.setObject(2, SqlJournal.time(at));
            insert.executeUpdate();
          }
          try (PreparedStatement update =
              connection.prepareStatement("update notice set sent_at = ? where name = ?")) {
            update.setObject(1, SqlJournal.time(at));
            update.setString(2, dedupKey);
            return update.executeUpdate() == 1;
          }
        });
  }

  @Override
  public void close() {
    try {
      database.close();
    } catch (Exception e) {
      throw new StoreException("the state cannot be closed: " + e.getMessage(), e);
    }
  }
}
