package io.byteport.engine.journal;

import io.byteport.engine.run.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Forgets runs that nobody needs any more. A run is kept while it is open or its report is not
 * delivered, or a message about it waits to be sent; while a limit still looks back at what it did;
 * and while a run is open that was opened before it ended, since that one may wait for it. What was
 * told to people is remembered all the same, so that nobody is told twice.
 */
public final class Pruning {
  /** How far back a limit may look of which nothing is noted. */
  static final Duration UNKNOWN_WINDOW = Duration.ofDays(366);

  private static final String NEEDED_BY_NOBODY =
      "finished_at < ? and delivered = true and not exists (select 1 from run o where o.finished_at"
          + " is null and o.opened_at <= run.finished_at) and not exists (select 1 from outbox w"
          + " where w.run = run.id and w.state = 'waiting')";

  private final SqlRunStore store;

  public Pruning(SqlRunStore store) {
    this.store = store;
  }

  /**
   * What may go, oldest first.
   *
   * @param before runs that ended earlier than this
   * @param most how many at most
   */
  public List<RunId> candidates(Instant before, Instant now, int most) {
    SqlJournal journal = new SqlJournal(store.codec(), new StandardWrites());
    return store
        .transactions()
        .read(
            "look for old runs",
            connection -> {
              List<RunId> found = new java.util.ArrayList<>();
              Instant counted = store.ledger().time(connection, now);
              for (RunId run : journal.ids(connection, NEEDED_BY_NOBODY, SqlJournal.time(before))) {
                if (found.size() < most && !isLookedAt(connection, run, counted)) {
                  found.add(run);
                }
              }
              return List.copyOf(found);
            });
  }

  /** Whether a limit still counts something that the run did. */
  private static boolean isLookedAt(Connection connection, RunId run, Instant now)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select l.at, k.widest from ledger l left join claim_key k on k.name = 'limit ' ||"
                + " l.name where l.run = ? and l.released = false")) {
      select.setString(1, run.value());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          long widest = rows.getLong(2);
          Duration window = rows.wasNull() ? UNKNOWN_WINDOW : Duration.ofMillis(widest);
          Instant at = rows.getObject(1, java.time.OffsetDateTime.class).toInstant();
          if (at.plus(window).isAfter(now)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /**
   * Forgets runs, each in a transaction of its own. To be given what {@link #candidates} has found.
   *
   * @return how many were still there
   */
  public int forget(List<RunId> runs) {
    int gone = 0;
    for (RunId run : runs) {
      gone +=
          store.transactions().writeLazily("forget a run", connection -> forget(connection, run));
    }
    return gone;
  }

  private static int forget(Connection connection, RunId run) throws SQLException {
    for (String table :
        List.of("ledger", "run_lock", "run_inbox", "storm_run", "outbox", "journal_entry")) {
      delete(connection, "delete from " + table + " where run = ?", run);
    }
    delete(
        connection,
        "delete from scheduled_tasks where task_name = 'run' and task_instance = ?",
        run);
    return delete(connection, "delete from run where id = ? and finished_at is not null", run);
  }

  private static int delete(Connection connection, String statement, RunId run)
      throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(statement)) {
      delete.setString(1, run.value());
      return delete.executeUpdate();
    }
  }
}
