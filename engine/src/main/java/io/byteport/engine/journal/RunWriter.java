package io.byteport.engine.journal;

import io.byteport.engine.run.RunId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to the runs that this process carries on. What can wait is held back as the tail of its
 * run for a moment, and is written with the next that cannot, in one transaction and in front of
 * it; or together with the tails of other runs. So the journal of a run is at every moment what was
 * appended to it up to some entry, and nothing is ever in it without what it followed from. Safe
 * for several threads.
 */
final class RunWriter {
  private static final Logger LOG = LoggerFactory.getLogger(RunWriter.class);

  /** Lines of one run that are held back at most. */
  private static final int MOST_LINES = 200;

  private final SqlTransactions transactions;
  private final SqlJournal journal;
  private final Map<RunId, OwnRun> own = new ConcurrentHashMap<>();

  /** Those that have a tail. */
  private final Set<OwnRun> waiting = ConcurrentHashMap.newKeySet();

  private final Runnable askForCatchUp;

  /**
   * @param askForCatchUp sees to it that {@link #catchUp} is called soon
   */
  RunWriter(SqlTransactions transactions, SqlJournal journal, Runnable askForCatchUp) {
    this.transactions = transactions;
    this.journal = journal;
    this.askForCatchUp = askForCatchUp;
  }

  /** What a transaction writes to the journal of its run: after the tail, which goes before it. */
  final class Pen {
    private final OwnRun run;
    private boolean used;

    private Pen(OwnRun run) {
      this.run = run;
    }

    void append(Connection connection, List<Line> lines) throws SQLException {
      journal.append(connection, run.id, run.fence, all(lines));
    }

    /**
     * Writes the last lines of the run.
     *
     * @param end when that was; null where the last line says so
     */
    void finish(Connection connection, List<Line> lines, @Nullable Instant end)
        throws SQLException {
      List<Line> all = all(lines);
      journal.finish(
          connection, run.id, run.fence, all, end == null ? all.getLast().entry().at() : end);
    }

    boolean hasTail() {
      return run.hasTail();
    }

    private List<Line> all(List<Line> lines) {
      used = true;
      List<Line> all = new ArrayList<>(run.tail());
      all.addAll(lines);
      return all;
    }
  }

  @FunctionalInterface
  interface Work<T> {
    T run(Connection connection, Pen pen) throws SQLException;
  }

  /** From now on this process writes to the run. */
  void take(RunId run, long fence) {
    own.put(run, new OwnRun(run, fence));
  }

  /** The same, unless it writes to the run already. */
  boolean takeNew(RunId run, long fence) {
    return own.putIfAbsent(run, new OwnRun(run, fence)) == null;
  }

  /** This process writes to the run no more. What of it is not written yet is not written. */
  void drop(RunId run) {
    OwnRun gone = own.remove(run);
    if (gone != null) {
      waiting.remove(gone);
    }
  }

  boolean writes(RunId run) {
    return own.containsKey(run);
  }

  /** Under which fence this process writes to the run. */
  OptionalLong fence(RunId run) {
    OwnRun one = own.get(run);
    return one == null ? OptionalLong.empty() : OptionalLong.of(one.fence);
  }

  Set<RunId> runs() {
    return Set.copyOf(own.keySet());
  }

  private OwnRun own(RunId run) {
    OwnRun one = own.get(run);
    if (one == null) {
      throw new FencedException("run " + run + " is not carried on by this process");
    }
    return one;
  }

  /** Whoever carries the run on has forgotten what it had appended, and begins at its journal. */
  void mend(RunId run) {
    tidy(run);
    OwnRun one = own(run);
    one.lock.lock();
    try {
      one.mend();
    } finally {
      one.lock.unlock();
    }
  }

  /**
   * Appends lines that can wait.
   *
   * @throws StoreException if something before them was lost
   */
  void append(RunId run, List<Line> lines) {
    OwnRun one = own(run);
    boolean full;
    one.lock.lock();
    try {
      one.requireWhole();
      full = one.add(lines) >= MOST_LINES;
      waiting.add(one);
    } finally {
      one.lock.unlock();
    }
    if (full) {
      settle(run);
    } else {
      askForCatchUp.run();
    }
  }

  /**
   * Runs work that writes to a run, and with its pen the tail.
   *
   * @param durably whether it is on disk when this returns
   */
  <T> T write(String what, RunId run, boolean durably, Work<T> work) {
    OwnRun one = own(run);
    one.lock.lock();
    try {
      one.requireWhole();
      Pen pen = new Pen(one);
      SqlTransactions.Work<T> all =
          connection -> {
            pen.used = false;
            return work.run(connection, pen);
          };
      try {
        T result = durably ? transactions.write(what, all) : transactions.writeLazily(what, all);
        if (pen.used) {
          written(one);
        }
        return result;
      } catch (StoreException e) {
        if (pen.used) {
          lose(one, e);
        }
        throw e;
      }
    } finally {
      one.lock.unlock();
    }
  }

  /**
   * Writes the tail of a run.
   *
   * @throws StoreException if it cannot be written, or one before it was lost
   */
  void settle(RunId run) {
    OwnRun one = own.get(run);
    if (one == null) {
      return;
    }
    one.lock.lock();
    try {
      one.requireWhole();
      if (one.hasTail()) {
        together(List.of(one));
        one.requireWhole();
      }
    } finally {
      one.lock.unlock();
    }
  }

  /**
   * Writes the tail of a run, for somebody who reads it; whoever carries it on hears of failures.
   */
  void tidy(RunId run) {
    OwnRun one = own.get(run);
    if (one != null) {
      tidy(one);
    }
  }

  private void tidy(OwnRun one) {
    one.lock.lock();
    try {
      if (one.hasTail()) {
        together(List.of(one));
      }
    } finally {
      one.lock.unlock();
    }
  }

  /** Writes all tails, for somebody who reads the journals. */
  void tidyAll() {
    waiting.forEach(this::tidy);
  }

  /** Writes the tails of all runs that nobody is writing to now, in one transaction. */
  void catchUp() {
    List<OwnRun> group = new ArrayList<>();
    boolean some = false;
    try {
      for (OwnRun one : waiting) {
        if (!one.lock.tryLock()) {
          some = true;
          continue;
        }
        group.add(one);
      }
      List<OwnRun> tails = group.stream().filter(OwnRun::hasTail).toList();
      if (!tails.isEmpty()) {
        together(tails);
      }
    } finally {
      group.forEach(one -> one.lock.unlock());
    }
    if (some) {
      askForCatchUp.run();
    }
  }

  /** Writes some tails, whose locks are held. One that is refused is no harm to the others. */
  private void together(List<OwnRun> runs) {
    try {
      Set<RunId> fenced =
          transactions.writeLazily(
              "write to the journal", connection -> journal.appendTails(connection, runs));
      for (OwnRun one : runs) {
        if (fenced.contains(one.id)) {
          lose(one, SqlJournal.fenced(one.id));
        } else {
          written(one);
        }
      }
    } catch (StoreException e) {
      if (runs.size() > 1 && isAboutData(e)) {
        runs.forEach(one -> together(List.of(one)));
      } else {
        LOG.debug("tails of journals are lost", e);
        runs.forEach(one -> lose(one, e));
      }
    }
  }

  private void written(OwnRun one) {
    one.written();
    waiting.remove(one);
  }

  private void lose(OwnRun one, StoreException why) {
    one.lose(why);
    waiting.remove(one);
  }

  /** Whether a statement was refused for what it was to write: nothing was committed then. */
  private static boolean isAboutData(StoreException e) {
    return e.getCause() instanceof SQLException cause
        && cause.getSQLState() != null
        && (cause.getSQLState().startsWith("22") || cause.getSQLState().startsWith("23"));
  }
}
