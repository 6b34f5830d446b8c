package io.byteport.engine.journal;

import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Takes recorded runs of elsewhere into a store, to be looked at: they have ended, are never
 * carried on or told to people, hold no lock and count against no limit.
 */
public final class Evidence {
  private final SqlRunStore store;

  public Evidence(SqlRunStore store) {
    this.store = store;
  }

  /**
   * Adds a run, all of it or nothing.
   *
   * @param entries of its journal, an opening first
   * @return its id
   * @throws IllegalArgumentException if the entries do not begin with an opening
   * @throws StoreException if a run of this id is there already, or the store cannot be used
   */
  public RunId add(List<JournalEntry> entries) {
    if (entries.isEmpty() || !(entries.getFirst() instanceof Event.Opened opened)) {
      throw new IllegalArgumentException("the journal does not begin with an opening");
    }
    if (store.run(opened.run()).isPresent()) {
      throw new StoreException("run " + opened.run() + " is in the store already");
    }
    SqlJournal journal = new SqlJournal(store.codec(), new StandardWrites());
    store
        .transactions()
        .write(
            "add a recorded run",
            connection -> {
              StandardWrites.insertRun(connection, opened, null);
              List<Line> lines = store.codec().lines(entries);
              StandardWrites.insert(connection, opened.run(), lines.subList(0, 1), 0);
              List<Line> rest = lines.subList(1, lines.size());
              journal.append(connection, opened.run(), SqlReplicas.FIRST_FENCE, rest);
              journal.finishRun(connection, opened.run(), entries.getLast().at());
              return mark(connection, opened.run());
            });
    return opened.run();
  }

  private static boolean mark(Connection connection, RunId run) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update run set imported = true, delivered = true where id = ?")) {
      update.setString(1, run.value());
      return update.executeUpdate() == 1;
    }
  }
}
