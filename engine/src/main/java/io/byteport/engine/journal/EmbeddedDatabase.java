package io.byteport.engine.journal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.tx.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database within this process, in a folder or in memory, brought to the schema of this version
 * when it is opened.
 */
final class EmbeddedDatabase implements StateDatabase {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);

  /** H2's code for a connection whose database was shut. */
  private static final int DATABASE_IS_CLOSED = 90121;

  static final String OPTIONS =
      ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;LOCK_TIMEOUT=20000"
          // A log of its own would fill the disk that it complains about.
          + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;QUERY_CACHE_SIZE=64"
          // Each commit writes its own chunk. Threads of H2's that write in the background let two
          // chunks overtake each other, and the second does not know where the first one lies: who
          // is killed then leaves files that nobody can read.
          + ";WRITE_DELAY=0";

  /**
   * Whoever waits for a flush keeps a connection, so this is how many commits one flush can serve:
   * more than a process carries runs on at once. A connection within the process costs little.
   */
  private static final int CONNECTIONS = 40;

  /** How often one step is done to keep the files small. */
  private static final Duration TIDYING = Duration.ofSeconds(5);

  /** H2 closes itself when it cannot write; a new connection opens it again. */
  private static final int CLOSED = 90098;

  private final HikariDataSource pool;
  private final FolderLock lock;
  private final SqlTransactions.Flush flush;
  private final Tidying tidying;

  private EmbeddedDatabase(HikariDataSource pool, FolderLock lock, SqlTransactions.Flush flush) {
    this.pool = pool;
    this.lock = lock;
    this.flush = flush;
    this.tidying = Tidying.every(TIDYING, pool);
  }

  static EmbeddedDatabase inFolder(Path folder) {
    FolderLock lock = FolderLock.take(folder);
    try {
      String file = folder.toAbsolutePath().resolve("byteport").toString();
      if (file.contains(";")) {
        throw new StoreException("the state folder's path must not contain `;`: " + folder);
      }
      return new EmbeddedDatabase(
          whole("jdbc:h2:file:" + file + OPTIONS),
          lock,
          new SharedFlush(
              // A commit alone may lie in memory for a while, and an intent must not.
              connection -> {
                try (Statement statement = connection.createStatement()) {
                  statement.execute("checkpoint sync");
                }
              }));
    } catch (RuntimeException e) {
      try (lock) {
        throw isUnreadable(e) ? kept(folder, e) : e;
      }
    }
  }

  private static boolean isUnreadable(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof MVStoreException broken
          && (broken.getErrorCode() == DataUtils.ERROR_FILE_CORRUPT
              || broken.getErrorCode() == DataUtils.ERROR_CHUNK_NOT_FOUND)) {
        return true;
      }
    }
    return false;
  }

  /** Puts a copy aside, once, before anybody tries to mend the file. */
  private static StoreException kept(Path folder, RuntimeException e) {
    Path copy = folder.resolve("byteport.unreadable");
    String where;
    try {
      if (!Files.exists(copy)) {
        Files.copy(folder.resolve("byteport.mv.db"), copy);
      }
      where = "a copy is kept in `" + copy + "`";
    } catch (IOException full) {
      e.addSuppressed(full);
      where = "keep a copy of the folder";
    }
    return new StoreException(
        e.getMessage()
            + "\nthe file is damaged and nothing was begun anew: "
            + where
            + "; put a backup in its place, or choose another folder and look in the systems"
            + " themselves for what runs were doing",
        e);
  }

  /**
   * Opens a database and, where a process was killed in the middle of a commit, puts it right. H2
   * then shows half of what was committed and keeps the rest locked for good, until the files are
   * written anew.
   */
  private static HikariDataSource whole(String url) {
    HikariDataSource pool = open(url);
    try {
      if (!hasHalfACommit(pool)) {
        return pool;
      }
      LOG.info("the state was left in the middle of a commit; its files are written anew");
      compact(pool);
    } catch (SQLException e) {
      pool.close();
      throw new StoreException("the state cannot be opened: " + e.getMessage(), e);
    }
    pool.close();
    return open(url);
  }

  private static boolean hasHalfACommit(HikariDataSource pool) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      return connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session
          && session.getDatabase().getStore().getTransactionStore().getOpenTransactions().stream()
              .anyMatch(transaction -> transaction.getStatus() == Transaction.STATUS_COMMITTED);
    }
  }

  static EmbeddedDatabase inMemory() {
    return new EmbeddedDatabase(
        open("jdbc:h2:mem:" + UUID.randomUUID() + OPTIONS + ";DB_CLOSE_DELAY=-1"),
        FolderLock.NONE,
        connection -> {});
  }

  private static HikariDataSource open(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername("byteport");
    config.setPassword("");
    config.setPoolName("state");
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(30_000);
    config.setExceptionOverride(
        new SQLExceptionOverride() {
          @java.lang.Override
          public Override adjudicate(SQLException e) {
            return e.getErrorCode() == CLOSED ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
          }
        });
    return StateDatabase.open(config);
  }

  @Override
  public DataSource connections() {
    return pool;
  }

  @Override
  public SqlTransactions.Flush flush() {
    return flush;
  }

  @Override
  public SqlWrites writes() {
    return new StandardWrites();
  }

  @Override
  public Duration lease() {
    return Duration.ZERO;
  }

  /** Writes the files anew, without gaps, and shuts the database. */
  @Override
  public String compact() {
    try {
      compact(pool);
      return "";
    } catch (SQLException e) {
      throw new StoreException("the state cannot be compacted: " + e.getMessage(), e);
    }
  }

  private static void compact(HikariDataSource pool) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("shutdown compact");
    } catch (SQLException e) {
      if (e.getErrorCode() != DATABASE_IS_CLOSED) {
        throw e;
      } // else that is what was asked for
    }
  }

  @Override
  public void close() {
    tidying.close();
    try (lock) {
      try (var connection = pool.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("shutdown");
      } catch (SQLException alreadyShut) {
        // The files are complete after every commit; shutting down only tidies them.
      }
      pool.close();
    }
  }
}
