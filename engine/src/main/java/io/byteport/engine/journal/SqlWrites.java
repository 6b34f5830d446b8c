package io.byteport.engine.journal;

import io.byteport.engine.run.Event;
import io.byteport.engine.run.RunId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a run's rows are written, within a transaction of the caller's. */
sealed interface SqlWrites permits StandardWrites, PostgresWrites {

  /**
   * Writes a run that is opened, its first entry, and the lock that holds other runs off its
   * target.
   *
   * @param lock its name
   * @param replica who carries the run on; null for whoever comes first
   * @param due whether whoever carries runs on finds it due
   * @return whether the lock was free; where not, the transaction is to be rolled back
   */
  boolean open(
      Connection connection,
      Event.Opened opened,
      Line first,
      String lock,
      @Nullable String replica,
      boolean due)
      throws SQLException;

  /**
   * Appends lines and keeps the one line about the run up to date. The row of the run is locked
   * until the transaction ends, so that nobody takes the run over meanwhile.
   *
   * @param finishedAt null where the run goes on
   * @throws FencedException if another process carries the run on
   */
  void append(
      Connection connection, RunId run, long fence, List<Line> lines, @Nullable Instant finishedAt)
      throws SQLException;

  /** Takes away what a run has no more that has ended: its locks, its letters and its question. */
  void leave(Connection connection, RunId run) throws SQLException;
}
