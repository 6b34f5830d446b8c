package io.byteport.engine.journal;

import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.guardrail.Standing;
import io.byteport.engine.run.ActionResult;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The state in a relational database, in one transaction for each call. */
public final class SqlRunStore implements RunStore {
  private static final Logger LOG = LoggerFactory.getLogger(SqlRunStore.class);

  private static final int MOST_WINDOWS = 10_000;

  private static final Duration REMEMBERED_FOR = Duration.ofSeconds(10);

  private final SqlTransactions transactions;
  private final JournalCodec codec;
  private final SqlJournal journal;
  private final LedgerTime time;
  private final SqlLedger ledger;
  private final StateDatabase database;
  private final String replica;
  private final Lease lease;

  /** Under which fence this process writes to the runs that it carries on. */
  private final Map<RunId, Long> fences = new ConcurrentHashMap<>();

  /** How far back limits look at each key, as far as this process has noted it. */
  private final Map<String, Long> windows = new ConcurrentHashMap<>();

  /** When the time was last remembered, by its own. */
  private volatile Instant remembered = Instant.MIN;

  SqlRunStore(StateDatabase database, JournalCodec codec, String replica, LedgerTime time) {
    this.time = time;
    this.ledger = new SqlLedger(time);
    this.transactions = new SqlTransactions(database.connections(), database.flush());
    this.codec = codec;
    this.journal = new SqlJournal(codec);
    this.database = database;
    this.replica = replica;
    this.lease = new Lease(transactions, replica, database.lease(), System::nanoTime, time);
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
    return ledger;
  }

  SqlTransactions transactions() {
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
    if (!isShared() && fences.containsKey(run)) {
      return true;
    }
    // What a claim says to other processes need not survive a machine that only this one is on.
    OptionalLong fence =
        transactions.writeLazily(
            "claim a run", connection -> SqlReplicas.claim(connection, run, replica));
    if (fence.isPresent()) {
      fences.put(run, fence.getAsLong());
    } else {
      fences.remove(run);
    }
    return fence.isPresent();
  }

  @Override
  public void release(RunId run) {
    Long fence = fences.remove(run);
    if (fence != null && isShared()) {
      transactions.write(
          "release a run", connection -> SqlReplicas.release(connection, run, fence));
    }
  }

  private long fence(RunId run) {
    Long fence = fences.get(run);
    if (fence == null) {
      throw new FencedException("run " + run + " is not carried on by this process");
    }
    return fence;
  }

  @Override
  public Optional<RunId> open(Event.Opened opened) {
    String incident = incident(opened.mode(), opened.targetKey());
    // Whoever sees the run before this returns must not raise its fence.
    boolean mine = !isShared() && fences.putIfAbsent(opened.run(), SqlReplicas.FIRST_FENCE) == null;
    boolean isOpen = false;
    try {
      Optional<RunId> other =
          transactions.write("open a run", connection -> open(connection, opened, incident));
      isOpen = other.isEmpty();
      return other;
    } finally {
      if (mine && !isOpen) {
        fences.remove(opened.run(), SqlReplicas.FIRST_FENCE);
      }
    }
  }

  private Optional<RunId> open(Connection connection, Event.Opened opened, String incident)
      throws SQLException {
    RunId holder = SqlLedger.holder(connection, incident);
    if (holder != null) {
      return Optional.of(holder);
    }
    journal.insertRun(connection, opened, isShared() ? null : replica);
    if (!SqlLedger.takeLock(connection, opened.run(), incident, opened.at())) {
      holder = SqlLedger.holder(connection, incident);
      connection.rollback();
      return Optional.ofNullable(holder);
    }
    journal.insertFirst(connection, opened);
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
    long fence = fence(run);
    SqlTransactions.Work<Boolean> work =
        connection -> {
          journal.append(connection, run, fence, entries);
          if (answered != null) {
            journal.discard(connection, run, answered);
          }
          return true;
        };
    if (answered != null || entries.stream().anyMatch(SqlRunStore::happensOnce)) {
      transactions.write("write to the journal", work);
    } else {
      transactions.writeLazily("write to the journal", work);
    }
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
    rememberWindows(claims);
    if (!takeLocks) {
      return transactions.read(
          "look at limits", connection -> ledger.judge(connection, run, claims, now).standings());
    }
    long fence = fence(run);
    return transactions.writeLazily(
        "take locks",
        connection -> {
          journal.append(connection, run, fence, List.of());
          ledger.lockKeys(connection, claims);
          SqlLedger.Judgement judgement = ledger.judge(connection, run, claims, now);
          if (judgement.locksGranted()) {
            ledger.takeLocks(connection, run, claims, judgement, now);
          }
          return judgement.standings();
        });
  }

  /** So that nothing is forgotten at which a limit still looks. Written once for each key. */
  private void rememberWindows(List<Claim> claims) {
    Map<String, Long> wider = new TreeMap<>();
    for (Claim claim : claims) {
      long window =
          switch (claim) {
            case Claim.Limit limit -> limit.isTally() ? 0 : limit.window().toMillis();
            case Claim.Storm storm -> storm.window().toMillis();
            case Claim.Lock lock -> -1;
          };
      if (windows.getOrDefault(claim.key(), -1L) < window) {
        wider.merge(claim.key(), window, Math::max);
      }
    }
    if (!wider.isEmpty()) {
      transactions.writeLazily(
          "note how far limits look back",
          connection -> {
            SqlLedger.widen(connection, wider);
            return true;
          });
      if (windows.size() > MOST_WINDOWS) {
        windows.clear();
      }
      windows.putAll(wider);
    }
  }

  @Override
  public List<Standing> reserve(RunId run, Event.ChangeIntended intent, List<Claim> claims) {
    long fence = fence(run);
    rememberWindows(claims);
    return transactions.write(
        "record an intent",
        connection -> {
          ledger.lockKeys(connection, claims);
          Instant at = intent.at();
          SqlLedger.Judgement judgement = ledger.judge(connection, run, claims, at);
          if (judgement.allGranted()) {
            ledger.takeLocks(connection, run, claims, judgement, at);
            ledger.count(connection, run, intent.intent(), claims, judgement);
            remember(connection);
            Event.ChangeIntended granted = intent.with(judgement.standings());
            journal.append(connection, run, fence, List.of(granted));
          }
          return judgement.standings();
        });
  }

  /** So that a later process knows how far the time had come; not with every intent. */
  private void remember(Connection connection) throws SQLException {
    LedgerTime.Mark mark = time.mark();
    if (mark != null && !isShared() && remembered.plus(REMEMBERED_FOR).isBefore(mark.at())) {
      SqlLedgerTime.write(connection, mark);
      remembered = mark.at();
    }
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
    List<JournalEntry> entries = new ArrayList<>();
    entries.add(finished);
    entries.addAll(more);
    long fence = fence(run);
    transactions.write(
        "record an outcome",
        connection -> {
          if (finished.result() instanceof ActionResult.Failed failed
              && failed.certainlyNothing()) {
            ledger.release(connection, finished.intent());
          }
          journal.append(connection, run, fence, entries);
          return true;
        });
  }

  @Override
  public void close(RunId run, List<? extends JournalEntry> entries) {
    long fence = fence(run);
    transactions.write(
        "end a run",
        connection -> {
          Instant at = entries.isEmpty() ? lastAt(connection, run) : entries.getLast().at();
          journal.finish(connection, run, fence, entries, at);
          ledger.freeLocks(connection, run);
          journal.discard(connection, run, null);
          return true;
        });
    fences.remove(run);
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
    transactions.writeLazily(
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
    transactions.writeLazily(
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

  /**
   * Gives back what this process has claimed, so that others need not wait until its lease is over,
   * and closes the connections.
   */
  @Override
  public void close() {
    try {
      if (isShared()) {
        fences.keySet().forEach(this::release);
        lease.giveUp();
      }
    } catch (StoreException e) {
      LOG.debug("what was claimed was not given back, and is free when the lease is over", e);
    } finally {
      database.close();
    }
  }
}
