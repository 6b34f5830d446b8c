package io.byteport.engine.journal;

import io.byteport.engine.run.Event;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.RunId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which runs are open, and which of them this process carries on. Safe for several threads. */
final class Holdings {
  private static final Logger LOG = LoggerFactory.getLogger(Holdings.class);

  private final SqlTransactions transactions;
  private final SqlJournal journal;
  private final JournalCodec codec;
  private final RunWriter writer;
  private final String replica;
  private final boolean shared;

  /**
   * @param shared whether other processes may carry runs on
   */
  Holdings(
      SqlTransactions transactions,
      SqlJournal journal,
      JournalCodec codec,
      RunWriter writer,
      String replica,
      boolean shared) {
    this.transactions = transactions;
    this.journal = journal;
    this.codec = codec;
    this.writer = writer;
    this.replica = replica;
    this.shared = shared;
  }

  /**
   * @param due whether whoever carries runs on finds it due at once
   * @return the run that is open already; empty where this one was opened
   */
  Optional<RunId> open(Event.Opened opened, boolean due) {
    Line first = codec.lines(List.of(opened)).getFirst();
    // Whoever sees the run before this returns must not raise its fence.
    boolean mine = !shared && writer.takeNew(opened.run(), SqlReplicas.FIRST_FENCE);
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
    String holds = shared ? null : replica;
    if (journal.open(connection, opened, first, incident, holds, due)) {
      return Optional.empty();
    }
    connection.rollback();
    return Optional.ofNullable(SqlLedger.holder(connection, incident));
  }

  /** The run that is open about a target. */
  Optional<RunId> about(Mode mode, String targetKey) {
    return transactions.read(
        "look for an open run",
        connection -> Optional.ofNullable(SqlLedger.holder(connection, incident(mode, targetKey))));
  }

  /** The lock that holds other runs off a target. */
  private static String incident(Mode mode, String targetKey) {
    return "incident " + mode.name() + " " + targetKey;
  }

  boolean claim(RunId run) {
    if (writer.writes(run)) {
      writer.mend(run);
      if (!shared) {
        return true;
      }
    }
    // What a claim says to other processes need not survive a machine that only this one is on.
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

  /** Writes what waits to be written about a run, and gives it back. */
  void release(RunId run) {
    OptionalLong fence = writer.fence(run);
    if (fence.isEmpty()) {
      return;
    }
    try {
      writer.settle(run);
      if (shared) {
        transactions.writeAtOnce(
            "release a run", connection -> SqlReplicas.release(connection, run, fence.getAsLong()));
      }
    } catch (FencedException e) {
      LOG.debug("run {} is another process's already", run);
    }
    writer.drop(run);
  }

  void releaseAll() {
    writer.runs().forEach(this::release);
  }
}
