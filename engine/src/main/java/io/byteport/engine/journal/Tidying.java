package io.byteport.engine.journal;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the file of an embedded database small, while it is used. Whatever is written is appended
 * to it, so that it grows by each change; once it is several times as large as it would have to be,
 * everybody is kept waiting for a moment, and it is written anew. A crash meanwhile leaves the file
 * of before.
 */
final class Tidying implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Tidying.class);

  /** How many times as large as when it was last written anew a file may become. */
  private static final int TIMES = 4;

  /** For how long it is waited for those who work in the database. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final HikariDataSource pool;
  private final Path file;
  private final long small;
  private final ScheduledExecutorService broom =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("byteport-tidying").factory());

  /** The size of the file when it was written anew. */
  private volatile long needed;

  private Tidying(HikariDataSource pool, Path file, long small) {
    this.pool = pool;
    this.file = file;
    this.small = small;
  }

  /**
   * Begins to look after a file.
   *
   * @param pause between two looks
   * @param pool to whose database the file belongs; it can be suspended
   * @param small how many bytes are never too many
   */
  static Tidying every(Duration pause, HikariDataSource pool, Path file, long small) {
    Tidying tidying = new Tidying(pool, file, small);
    long millis = pause.toMillis();
    var unused =
        tidying.broom.scheduleWithFixedDelay(tidying::look, millis, millis, TimeUnit.MILLISECONDS);
    return tidying;
  }

  private void look() {
    try {
      long size = Files.size(file);
      if (size > small && size > TIMES * needed) {
        tidyUp(size);
      }
    } catch (IOException | SQLException e) {
      LOG.warn("the state was not tidied up: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tidyUp(long size) throws SQLException, IOException, InterruptedException {
    HikariPoolMXBean connections = pool.getHikariPoolMXBean();
    connections.suspendPool();
    try {
      if (!awaitQuiet(connections)) {
        return;
      }
      connections.softEvictConnections();
      try (Connection connection = EmbeddedDatabase.beside(pool)) {
        EmbeddedDatabase.compact(connection);
      }
      needed = Files.size(file);
      LOG.info("the state was tidied up, from {} to {} MiB", size >> 20, needed >> 20);
    } finally {
      connections.resumePool();
    }
  }

  /** Whether nobody works in the database any more, or soon. */
  private static boolean awaitQuiet(HikariPoolMXBean connections) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (connections.getActiveConnections() > 0) {
      if (System.nanoTime() > end) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
    return true;
  }

  /** Lets what is being done come to its end, and does nothing more. */
  @Override
  public void close() {
    broom.shutdown();
    try {
      if (!broom.awaitTermination(30, TimeUnit.SECONDS)) {
        LOG.warn("the state is shut while it is tidied up");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
