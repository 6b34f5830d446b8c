package io.byteport.engine.journal;

import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.guardrail.Standing;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The state in a relational database, in one transaction for each call. */
public final class SqlRunStore implements RunStore {
  private static final Logger LOG = LoggerFactory.getLogger(SqlRunStore.class);

  private final SqlTransactions transactions;
  private final JournalCodec codec;
  private final SqlJournal journal;
  private final RunWriter writer;
  private final Reservations reservations;
  private final Deliveries deliveries;
  private final Soon soon = new Soon(this::catchUp);
  private final StateDatabase database;
  private final String replica;
  private final Lease lease;

  SqlRunStore(StateDatabase database, JournalCodec codec, String replica, LedgerTime time) {
    this.transactions = new SqlTransactions(database.connections(), database.flush());
    this.codec = codec;
    this.journal = new SqlJournal(codec);
    this.writer = new RunWriter(transactions, journal, soon::ask);
    this.reservations =
        new Reservations(
            transactions, writer, codec, time, !(database instanceof SharedDatabase));
    this.deliveries = new Deliveries(transactions);
    this.database = database;
    this.replica = replica;
    this.lease = new Lease(transactions, replica, database.lease(), System::nanoTime, time);
  }

  /** Writes what was held back; nobody waits for it. */
  private void catchUp() {
    writer.catchUp();
    deliveries.catchUp();
  }

  /** Writes what was held back, for somebody who reads all of it. */
  private void tidy() {
    writer.tidyAll();
    deliveries.catchUp();
  }

  /**
   * Opens the state that lives in a folder, and makes both where they do not exist. One process at
   * a time can have a folder open.
   *
   * @throws StoreException if another process has it open, or it cannot be used
   */
  public static SqlRunStore inFolder(Path folder, Redactor redactor) {
    return inFolder(folder, redactor, Ticks.ofMachine());
  }

  /**
   * The same, for whoever has another clock than the machine's.
   *
   * @param ticks how the time goes by which limits count
   */
  public static SqlRunStore inFolder(Path folder, Redactor redactor, Ticks ticks) {
    SqlRunStore store =
        embedded(
            EmbeddedDatabase.inFolder(folder),
            redactor,
            new LedgerTime(ticks, LedgerTime.UNNOTICED));
    store.transactions.write(
        "free what an earlier process was at",
        connection -> {
          SqlReplicas.freePicked(connection);
          return true;
        });
    return store;
  }

  /** A store of its own that is gone when it is closed, and takes every time for what it says. */
  public static SqlRunStore inMemory(Redactor redactor) {
    return inMemory(redactor, new LedgerTime(null, Duration.ZERO));
  }

  static SqlRunStore inMemory(Redactor redactor, LedgerTime time) {
    return embedded(EmbeddedDatabase.inMemory(), redactor, time);
  }

  private static SqlRunStore embedded(
      EmbeddedDatabase database, Redactor redactor, LedgerTime time) {
    return new SqlRunStore(
        database, new JournalCodec(redactor), "embedded " + UUID.randomUUID(), time);
  }

  /**
   * Opens a state that several processes share. This one counts as alive from now until its {@link
   * StoreAddress#lease} is over and has not been {@linkplain #renewLease renewed}.
   *
   * @param replica a name for this process, which no other process has
   * @throws StoreException if the database cannot be used
   */
  public static SqlRunStore shared(StoreAddress address, Redactor redactor, String replica) {
    LedgerTime time = new LedgerTime(Ticks.ofMachine(), LedgerTime.UNNOTICED);
    return shared(address, redactor, replica, time);
  }

  static SqlRunStore shared(
      StoreAddress address, Redactor redactor, String replica, LedgerTime time) {
    SqlRunStore store =
        new SqlRunStore(SharedDatabase.at(address), new JournalCodec(redactor), replica, time);
    try {
      store.lease.renew();
      return store;
    } catch (StoreException e) {
      store.close();
      throw e;
    }
  }

  @Override
  public void renewLease() {
    lease.renew();
  }

  @Override
  public Duration leaseRenewal() {
    return lease.every();
  }

  /**
   * Takes over the reports of runs that have ended in processes that are gone: this one is to
   * deliver them.
   */
  public List<RunId> adoptReports() {
    tidy();
    return transactions.write(
        "take over reports", connection -> SqlReplicas.adoptReports(connection, replica));
  }

  @Override
  public boolean isShared() {
    return database instanceof SharedDatabase;
  }

  /** Forgets processes that are gone for good. */
  public void forgetGone() {
    transactions.write(
        "forget processes that are gone",
        connection -> {
          SqlReplicas.forgetGone(connection);
          return true;
        });
  }

  /**
   * Gives space back that nothing needs any more. Where the state is in a folder, the store is
   * closed by that.
   *
   * @return what else a person may do; empty for nothing
   */
  public String compact() {
    if (database instanceof EmbeddedDatabase embedded) {
      embedded.compact();
      return "";
    }
    return "PostgreSQL reuses the space by itself; `vacuum (full, analyze) journal_entry` gives it"
        + " back to the system, and locks the table meanwhile";
  }

  SqlLedger ledger() {
    return reservations.ledger();
  }

  /** For what looks after the state as a whole. */
  SqlTransactions transactions() {
    tidy();
    return transactions;
  }

  JournalCodec codec() {
    return codec;
  }

  /** Connections to the database of the state, for what schedules runs in it. */
  public DataSource connections() {
    return database.connections();
  }

  @Override
  public boolean holdsLease() {
    return lease.isHeld();
  }

  @Override
  public boolean claim(RunId run) {
    if (writer.writes(run)) {
      writer.mend(run);
      if (!isShared()) {
        return true;
      }
    }
    OptionalLong fence =
        transactions.writeAtOnce(
            "claim a run", connection -> SqlReplicas.claim(connection, run, replica));
    if (fence.isPresent()) {
      writer.take(run, fence.getAsLong());
    } else {
      writer.drop(run);
    }
    return fence.isPresent();
  }

  @Override
  public void release(RunId run) {
    if (!writer.writes(run)) {
      return;
    }
    try {
      writer.settle(run);
      OptionalLong fence = writer.fence(run);
      if (isShared() && fence.isPresent()) {
        transactions.writeAtOnce(
            "release a run",
            connection -> SqlReplicas.release(connection, run, fence.getAsLong()));
      }
    } catch (FencedException alreadyAnothers) {
      LOG.debug("run {} is another process's already", run);
    }
    writer.drop(run);
  }

  @Override
  public Optional<RunId> open(Event.Opened opened) {
    return open(opened, false);
  }

  @Override
  public Optional<RunId> openDue(Event.Opened opened) {
    return open(opened, true);
  }

  private Optional<RunId> open(Event.Opened opened, boolean due) {
    Line first = codec.lines(List.of(opened)).getFirst();
    // Whoever sees the run before this returns must not raise its fence.
    boolean mine = !isShared() && writer.takeNew(opened.run(), SqlReplicas.FIRST_FENCE);
    boolean isOpen = false;
    try {
      Optional<RunId> other =
          transactions.write("open a run", connection -> open(connection, opened, first, due));
      isOpen = other.isEmpty();
      return other;
    } finally {
      if (mine && !isOpen) {
        writer.drop(opened.run());
      }
    }
  }

  private Optional<RunId> open(Connection connection, Event.Opened opened, Line first, boolean due)
      throws SQLException {
    String incident = incident(opened.mode(), opened.targetKey());
    journal.insertRun(connection, opened, isShared() ? null : replica);
    if (!SqlLedger.takeLock(connection, opened.run(), incident, opened.at())) {
      connection.rollback();
      RunId holder = SqlLedger.holder(connection, incident);
      connection.rollback();
      return Optional.ofNullable(holder);
    }
    journal.insertFirst(connection, opened.run(), first);
    if (due) {
      SqlReplicas.makeDue(connection, opened.run(), opened.at());
    }
    return Optional.empty();
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
  public void append(RunId run, List<? extends JournalEntry> entries, @Nullable Letter answered) {
    if (entries.isEmpty()) {
      return;
    }
    boolean once = answered != null || entries.stream().anyMatch(SqlRunStore::happensOnce);
    List<Line> lines = codec.lines(entries);
    writer.write(
        "write to the journal",
        run,
        once,
        (connection, pen) -> {
          pen.append(connection, lines);
          if (answered != null) {
            journal.discard(connection, run, answered);
          }
          return true;
        });
  }

  @Override
  public void appendSoon(RunId run, List<? extends JournalEntry> entries) {
    if (entries.stream().anyMatch(SqlRunStore::isHeardOutside)) {
      append(run, entries);
    } else if (!entries.isEmpty()) {
      writer.append(run, codec.lines(entries));
    }
  }

  /** What is told to people beside the journal, or cannot be learnt a second time. */
  private static boolean isHeardOutside(JournalEntry entry) {
    return happensOnce(entry)
        || entry instanceof Note.Announced
        || entry instanceof Note.Asked;
  }

  @Override
  public void settle(RunId run) {
    writer.settle(run);
  }

  /** What a run cannot learn a second time: everything else it would read or conclude again. */
  private static boolean happensOnce(JournalEntry entry) {
    return entry instanceof Event.Approved
        || entry instanceof Event.SignalChanged
        || entry instanceof Event.HandOffEnded
        || entry instanceof Note.Finished;
  }

  @Override
  public boolean post(RunId run, Event event) {
    return transactions.write(
        "leave a letter",
        connection -> {
          if (journal.ids(connection, "finished_at is null and id = ?", run.value()).isEmpty()) {
            return false;
          }
          journal.post(connection, run, event);
          SqlReplicas.wake(connection, run);
          return true;
        });
  }

  @Override
  public List<Question> questions() {
    tidy();
    return transactions.read("list open questions", journal::questions);
  }

  @Override
  public List<Letter> inbox(RunId run) {
    return transactions.read("read letters", connection -> journal.inbox(connection, run));
  }

  @Override
  public void discard(RunId run, Letter letter) {
    transactions.write(
        "throw a letter away",
        connection -> {
          journal.discard(connection, run, letter);
          return true;
        });
  }

  @Override
  public List<JournalEntry> entries(RunId run) {
    writer.tidy(run);
    return transactions.read("read the journal", connection -> journal.entries(connection, run));
  }

  @Override
  public List<RunSummary> runs(int limit) {
    tidy();
    return transactions.read("list runs", connection -> journal.summaries(connection, null, limit));
  }

  @Override
  public Optional<RunSummary> run(RunId run) {
    writer.tidy(run);
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
    return takeLocks
        ? reservations.takeLocks(run, claims, now)
        : reservations.look(run, claims, now);
  }

  @Override
  public List<Standing> reserve(RunId run, Event.ChangeIntended intent, List<Claim> claims) {
    return reservations.reserve(run, intent, claims);
  }

  @Override
  public StormDigest gather(RunId run, String scope, Instant now, Duration window) {
    return transactions.write(
        "gather the reports of a storm",
        connection -> SqlDigests.gather(connection, run, scope, now, window));
  }

  @Override
  public List<RunId> takeDigest(StormDigest digest, Instant now) {
    return transactions.write(
        "take the digest of a storm", connection -> SqlDigests.take(connection, digest, now));
  }

  @Override
  public void digestSent(StormDigest digest) {
    transactions.write(
        "note that the digest of a storm was sent",
        connection -> {
          SqlDigests.sent(connection, digest);
          return true;
        });
  }

  @Override
  public void finish(RunId run, Event.ChangeFinished finished, List<? extends JournalEntry> more) {
    reservations.finish(run, finished, more);
  }

  @Override
  public void close(RunId run, List<? extends JournalEntry> entries) {
    List<Line> lines = codec.lines(entries);
    writer.write(
        "end a run",
        run,
        true,
        (connection, pen) -> {
          boolean known = pen.hasTail() || !lines.isEmpty();
          pen.finish(connection, lines, known ? null : lastAt(connection, run));
          SqlLedger.freeLocks(connection, run);
          journal.discard(connection, run, null);
          return true;
        });
    writer.drop(run);
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
    tidy();
    return transactions.read(
        "list reports",
        connection -> journal.ids(connection, "finished_at is not null and delivered = false"));
  }

  @Override
  public void delivered(RunId run) {
    deliveries.add(run);
    soon.ask();
  }

  @Override
  public boolean noticeSent(String dedupKey, Instant now, Duration within) {
    Instant sent =
        transactions.readMaybe(
            "look up a notice", connection -> SqlNotices.sentAt(connection, dedupKey));
    return sent != null && sent.isAfter(now.minus(within));
  }

  @Override
  public void recordNotice(String dedupKey, Instant at) {
    transactions.writeLazily(
        "note a notice", connection -> SqlNotices.record(connection, dedupKey, at));
  }

  /**
   * Writes what was held back, gives back what this process has claimed, so that others need not wait until its lease is over,
   * and closes the connections.
   */
  @Override
  public void close() {
    try {
      tidy();
      if (isShared()) {
        writer.runs().forEach(this::release);
        lease.giveUp();
      }
    } catch (StoreException e) {
      LOG.debug("what was claimed was not given back, and is free when the lease is over", e);
    } finally {
      database.close();
    }
  }
}
