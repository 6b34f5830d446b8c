package io.byteport.engine.journal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
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
import org.jspecify.annotations.Nullable;
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

  private static final String OPTIONS =
      ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;LOCK_TIMEOUT=20000"
          // A log of its own would fill the disk that it complains about.
          + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;QUERY_CACHE_SIZE=64"
          // Each commit writes its own chunk. Threads of H2's that write in the background let two
          // chunks overtake each other, and the second does not know where the first one lies: who
          // is killed then leaves files that nobody can read.
          + ";WRITE_DELAY=0";

  /**
   * In files, what is written is appended. H2 would write over what is older than a while and not
   * needed, and whoever opens the file after a crash then takes an older state for the last whole
   * one: what was committed meanwhile is gone. {@link Tidying} gives the space back.
   */
  static final String IN_FILES = OPTIONS + ";REUSE_SPACE=FALSE";

  /**
   * Whoever waits for a flush keeps a connection, so this is how many commits one flush can serve:
   * more than a process carries runs on at once. A connection within the process costs little.
   */
  private static final int CONNECTIONS = 40;

  private static final String USER = "byteport";

  /** How often it is looked whether the file has become large. */
  private static final Duration TIDYING = Duration.ofSeconds(5);

  /** A file that is smaller is left alone. */
  private static final long SMALL = 256L << 20;

  /** H2 closes itself when it cannot write; a new connection opens it again. */
  private static final int CLOSED = 90098;

  private final HikariDataSource pool;
  private final FolderLock lock;
  private final SqlTransactions.Flush flush;
  private final @Nullable Tidying tidying;

  private EmbeddedDatabase(
      HikariDataSource pool,
      FolderLock lock,
      SqlTransactions.Flush flush,
      @Nullable Tidying tidying) {
    this.pool = pool;
    this.lock = lock;
    this.flush = flush;
    this.tidying = tidying;
  }

  static EmbeddedDatabase inFolder(Path folder) {
    return inFolder(folder, TIDYING, SMALL);
  }

  /**
   * @param tidying how often it is looked whether the file has become large
   * @param small how many bytes are never too many
   */
  static EmbeddedDatabase inFolder(Path folder, Duration tidying, long small) {
    FolderLock lock = FolderLock.take(folder);
    try {
      String file = folder.toAbsolutePath().resolve("byteport").toString();
      if (file.contains(";")) {
        throw new StoreException("the state folder's path must not contain `;`: " + folder);
      }
      String url = "jdbc:h2:file:" + file + IN_FILES;
      HikariDataSource pool = whole(url);
      return new EmbeddedDatabase(
          pool,
          lock,
          new SharedFlush(
              // A commit alone may lie in memory for a while, and an intent must not.
              connection -> {
                try (Statement statement = connection.createStatement()) {
                  statement.execute("checkpoint sync");
                }
              }),
          Tidying.every(tidying, pool, folder.resolve("byteport.mv.db"), small));
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
        connection -> {},
        null);
  }

  private static HikariDataSource open(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(USER);
    config.setPassword("");
    config.setPoolName("state");
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(30_000);
    config.setAllowPoolSuspension(true);
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
    try (Connection connection = pool.getConnection()) {
      compact(connection);
    } catch (SQLException e) {
      if (e.getErrorCode() != DATABASE_IS_CLOSED) {
        throw e;
      } // else that is what was asked for
    }
  }

  /** A connection beside the pool. */
  static Connection beside(HikariDataSource pool) throws SQLException {
    return DriverManager.getConnection(pool.getJdbcUrl(), USER, "");
  }

  /** Writes the files anew, without gaps; the next connection opens them again. */
  static void compact(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("shutdown compact");
    } catch (SQLException e) {
      if (e.getErrorCode() != DATABASE_IS_CLOSED) {
        throw e;
      } // else that is what was asked for
    }
  }

  @Override
  public void close() {
    if (tidying != null) {
      tidying.close();
    }
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
