package io.byteport.engine.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the space back that what was overwritten leaves behind in the files of an embedded
 * database, while it is used. H2 leaves that to the threads that this store does without, and
 * without them its files only grow. What is still needed of chunks that are mostly empty is written
 * anew, as by any commit, and their space is used again once they are older than H2's retention
 * time, so that a file that is cut off anywhere can still be read.
 *
 * @see <a href="https://h2database.com/html/mvstore.html#features">Log structured storage</a>
 */
final class Tidying implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Tidying.class);

  /** Chunks of which more than this is needed are left alone, in percent. */
  private static final int FULL_ENOUGH = 70;

  /** How much one step writes anew at most, so that nobody waits long for it. */
  private static final int BYTES_AT_ONCE = 4 << 20;

  /** For how long steps follow each other at most. */
  private static final Duration LONGEST = Duration.ofMillis(250);

  private final DataSource database;
  private final ScheduledExecutorService broom =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("byteport-tidying").factory());

  private Tidying(DataSource database) {
    this.database = database;
  }

  /** Begins to tidy up, a step at a time. */
  static Tidying every(Duration pause, DataSource database) {
    Tidying tidying = new Tidying(database);
    long millis = pause.toMillis();
    var unused =
        tidying.broom.scheduleWithFixedDelay(tidying::sweep, millis, millis, TimeUnit.MILLISECONDS);
    return tidying;
  }

  private void sweep() {
    long end = System.nanoTime() + LONGEST.toNanos();
    try (Connection connection = database.getConnection()) {
      while (System.nanoTime() < end && step(connection)) {
        LOG.trace("there is more to tidy up");
      }
    } catch (SQLException | MVStoreException e) {
      LOG.debug("nothing was tidied up: {}", e.getMessage());
    }
  }

  /**
   * Does one step.
   *
   * @return whether anything was written anew, so that another step may find more
   */
  static boolean step(Connection connection) throws SQLException {
    if (connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session) {
      MVStore store = session.getDatabase().getStore().getMvStore();
      store.commit();
      boolean more = store.compact(FULL_ENOUGH, BYTES_AT_ONCE);
      store.commit(); // else what was written anew keeps its old place, too
      return more;
    }
    return false;
  }

  /** Lets a step that is being done come to its end, and does no other. */
  @Override
  public void close() {
    broom.shutdown();
    try {
      if (!broom.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.warn("the state is shut while it is tidied up");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
