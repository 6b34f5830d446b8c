package io.byteport.engine.journal;

import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.guardrail.Standing;
import io.byteport.engine.outbox.Outbox;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Journal, ledger and locks in one place, since an entry and what it implies are written in one
 * transaction. Safe for several threads and, where the database is shared, several processes. Every
 * method does I/O and throws {@link StoreException} when the store cannot be used; then nothing of
 * that call was written. Where a write returns that others rely on, it is on disk: an opening, an
 * intent, an outcome, an answer, an end. What a run would read or conclude again after a crash is
 * written in its order, and is on disk with the next of those.
 */
public interface RunStore extends AutoCloseable {

  /**
   * Opens a run with its first entry, unless another run of the same mode is open about the same
   * target.
   *
   * @return the run that is open already, with nothing written; empty where this one was opened
   */
  Optional<RunId> open(Event.Opened opened);

  /** The same, and whoever carries runs on finds it due at once. */
  Optional<RunId> openDue(Event.Opened opened);

  /**
   * Takes a run over for this process, which alone may write to it from then on. Where several
   * processes share the state that goes for one's own runs too: who opens a run need not be who
   * carries it on.
   *
   * @return false where another process that is alive carries it on, or where it has ended
   */
  boolean claim(RunId run);

  /**
   * Gives a run back, so that whoever comes first may claim it. Nothing where this process has not
   * claimed it.
   */
  void release(RunId run);

  /**
   * Whether this process may still rely on what it has claimed. Asked right before anything is
   * changed: a process that was suspended, or cut off from the store, learns so by its own clock.
   */
  boolean holdsLease();

  /** Says that this process is alive. To be called every {@link #leaseRenewal}. */
  void renewLease();

  /** How often the lease is to be renewed; zero where nobody else can have the state open. */
  Duration leaseRenewal();

  /**
   * Whether several processes can have the state open. One of them that is not heard of any more
   * may then be suspended, and act once more when it wakes.
   */
  boolean isShared();

  /** The run that is open about a target. */
  Optional<RunId> openRun(Mode mode, String targetKey);

  /**
   * Appends entries to a run, in order, durably.
   *
   * @throws FencedException if this process has not claimed the run, or another has since; so does
   *     whatever else writes to a run
   */
  default void append(RunId run, List<? extends JournalEntry> entries) {
    append(run, entries, null);
  }

  /**
   * Appends entries, and takes the letter that they follow from out of the run's inbox.
   *
   * @param answered null where they follow from none
   */
  void append(RunId run, List<? extends JournalEntry> entries, @Nullable Letter answered);

  /**
   * Appends entries that the run would read or conclude again after a crash. They follow all others
   * in order, and whoever asks this store sees them. In the database they are with the next thing
   * that is written about the run, before {@link #settle} returns, and soon at the latest; a crash
   * before that has come before them. Entries among them that cannot wait are written at once, with
   * all before them.
   *
   * @throws StoreException if such entries were lost that came before these: whoever carries the
   *     run on begins at its journal again, with {@link #claim}. So does whatever else writes to
   *     it.
   */
  void appendSoon(RunId run, List<? extends JournalEntry> entries);

  /**
   * Writes what was appended to a run and waits to be written; nothing where this process does not
   * carry it on.
   */
  void settle(RunId run);

  /**
   * Leaves an event for whatever process carries a run on, and makes the run due where it waits.
   *
   * @return false where the run has ended or does not exist
   */
  boolean post(RunId run, Event event);

  /** What runs ask humans and have no answer to yet, oldest first. */
  List<Question> questions();

  /** What lies in a run's inbox, oldest first. */
  List<Letter> inbox(RunId run);

  /** Throws away a letter that no longer matters. */
  void discard(RunId run, Letter letter);

  /** All entries of a run in order; empty for an unknown run. */
  List<JournalEntry> entries(RunId run);

  /**
   * The entries of a run in order, without those that were read before.
   *
   * @param from the number of the first; that of a run's first entry is 0
   */
  List<JournalEntry> entries(RunId run, int from);

  /** Runs, newest first, at most {@code limit}. */
  List<RunSummary> runs(int limit);

  /** Runs that are looked for, newest first, at most {@code limit}. */
  List<RunSummary> runs(RunFilter filter, int limit);

  Optional<RunSummary> run(RunId run);

  /** Runs that have not ended, oldest first: what recovery goes on with. */
  List<RunId> unfinished();

  /**
   * Looks at claims without taking limits.
   *
   * @param takeLocks whether free locks are taken for the run, all or none
   * @return one for each claim, in order
   */
  List<Standing> check(RunId run, List<Claim> claims, Instant now, boolean takeLocks);

  /**
   * Records an intent if every claim can be had, and counts it, in one transaction. Where one
   * cannot, nothing is written. Locks among the claims must be held by the run or free; free ones
   * are taken. Claims of one key count once.
   *
   * @param intent is recorded with the standings that are returned, whatever stands in it
   * @return one for each claim, in order; all granted where the intent was recorded
   */
  List<Standing> reserve(RunId run, Event.ChangeIntended intent, List<Claim> claims);

  /**
   * Records how a change ended. What it had counted is given back only where the event says that
   * certainly nothing happened.
   */
  void finish(RunId run, Event.ChangeFinished finished, List<? extends JournalEntry> more);

  /**
   * Ends a run: its last entries, and its locks are free. Its report still counts as not delivered.
   */
  void close(RunId run, List<? extends JournalEntry> entries);

  /** Runs that have ended and whose report was not delivered, oldest first. */
  List<RunId> undelivered();

  /** The report of a run was delivered. Written soon; where that is lost, it is delivered again. */
  void delivered(RunId run);

  /**
   * Puts a run that was held back by a storm into the digest of its scope: the one that is open, or
   * a new one. A run that is in a digest already stays where it is.
   *
   * @param window for how long at most a digest is open
   */
  StormDigest gather(RunId run, String scope, Instant now, Duration window);

  /**
   * Takes a digest to send it; none joins it from now on. Who has taken it has a minute, after
   * which another may.
   *
   * @return its runs, in the order in which they came; empty where it is not due, was sent, or is
   *     being sent elsewhere
   */
  List<RunId> takeDigest(StormDigest digest, Instant now);

  /** A digest was sent, and with it the reports of its runs are delivered. */
  void digestSent(StormDigest digest);

  /** What people are to be told, and what became of it. Goes with the store. */
  Outbox outbox();

  /** Who has signed in at a console. Goes with the store. */
  SessionStore sessions();

  /** Whether a notice of this key was sent less than {@code within} before now. */
  boolean noticeSent(String dedupKey, Instant now, Duration within);

  /** Remembers that a notice of this key was sent. */
  void recordNotice(String dedupKey, Instant at);

  @Override
  void close();
}
