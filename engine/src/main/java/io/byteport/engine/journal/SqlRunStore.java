package io.byteport.engine.journal;

import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.guardrail.Standing;
import io.byteport.engine.outbox.Outbox;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.RunId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
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
  private final Appends appends;
  private final Holdings holdings;
  private final Reservations reservations;
  private final Deliveries deliveries;
  private final Soon soon = new Soon(this::catchUp);
  private final StateDatabase database;
  private final String replica;
  private final Lease lease;
  private final SqlOutbox outbox;
  private final SqlSessions sessions;

  SqlRunStore(StateDatabase database, JournalCodec codec, String replica, LedgerTime time) {
    this.database = database;
    this.transactions = new SqlTransactions(database.connections(), database.flush());
    this.codec = codec;
    this.journal = new SqlJournal(codec, database.writes());
    this.writer = new RunWriter(transactions, journal, soon::ask);
    this.appends = new Appends(writer, codec);
    this.holdings = new Holdings(transactions, journal, codec, writer, replica, isShared());
    this.reservations = new Reservations(transactions, writer, codec, time, !isShared());
    this.deliveries = new Deliveries(transactions);
    this.replica = replica;
    this.lease = new Lease(transactions, replica, database.lease(), System::nanoTime, time);
    this.outbox = new SqlOutbox(transactions, codec, replica, lease, isShared());
    this.sessions = new SqlSessions(transactions);
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
    tidy();
    return database.compact();
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

  /** Tells somebody from now on how long each piece of work took in the database. */
  public void timedBy(Consumer<Duration> listener) {
    transactions.timedBy(listener);
  }

  String replica() {
    return replica;
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
    return holdings.claim(run);
  }

  @Override
  public void release(RunId run) {
    holdings.release(run);
  }

  @Override
  public Optional<RunId> open(Event.Opened opened) {
    return holdings.open(opened, false);
  }

  @Override
  public Optional<RunId> openDue(Event.Opened opened) {
    return holdings.open(opened, true);
  }

  @Override
  public Optional<RunId> openRun(Mode mode, String targetKey) {
    return holdings.about(mode, targetKey);
  }

  @Override
  public void append(RunId run, List<? extends JournalEntry> entries, @Nullable Letter answered) {
    appends.now(run, entries, answered);
  }

  @Override
  public void appendSoon(RunId run, List<? extends JournalEntry> entries) {
    appends.soon(run, entries);
  }

  @Override
  public void settle(RunId run) {
    writer.settle(run);
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
          SqlJournal.discard(connection, run, letter);
          return true;
        });
  }

  @Override
  public List<JournalEntry> entries(RunId run) {
    return entries(run, 0);
  }

  @Override
  public List<JournalEntry> entries(RunId run, int from) {
    writer.tidy(run);
    return transactions.read(
        "read the journal", connection -> journal.entries(connection, run, from));
  }

  @Override
  public List<RunSummary> runs(int limit) {
    tidy();
    return transactions.read("list runs", connection -> journal.summaries(connection, null, limit));
  }

  @Override
  public List<RunSummary> runs(RunFilter filter, int limit) {
    tidy();
    return transactions.read(
        "look for runs", connection -> new SqlRunSearch(filter).find(connection, limit));
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
    appends.last(run, entries);
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
  public Outbox outbox() {
    return outbox;
  }

  @Override
  public SessionStore sessions() {
    return sessions;
  }

  @Override
  public boolean noticeSent(String dedupKey, Instant now, Duration within) {
    return transactions
        .read("look up a notice", connection -> SqlNotices.sentAt(connection, dedupKey))
        .filter(sent -> sent.isAfter(now.minus(within)))
        .isPresent();
  }

  @Override
  public void recordNotice(String dedupKey, Instant at) {
    transactions.writeLazily(
        "note a notice", connection -> SqlNotices.record(connection, dedupKey, at));
  }

  /**
   * Writes what was held back, gives back what this process has claimed, so that others need not
   * wait until its lease is over, and closes the connections.
   */
  @Override
  public void close() {
    try {
      tidy();
      if (isShared()) {
        holdings.releaseAll();
        lease.giveUp();
      }
    } catch (StoreException e) {
      LOG.debug("what was claimed was not given back, and is free when the lease is over", e);
    } finally {
      database.close();
    }
  }
}
