package io.byteport.engine.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Runs work in transactions of the state database: all of it and on disk, or none. */
final class SqlTransactions {
  /** How often a transaction is tried that lost against another one. */
  private static final int ATTEMPTS = 5;

  private final DataSource database;
  private final Flush flush;
  private volatile Consumer<Duration> timed = took -> {};

  /**
   * @param flush what puts committed transactions on disk, where the database does not do that on
   *     its own
   */
  SqlTransactions(DataSource database, Flush flush) {
    this.database = database;
    this.flush = flush;
  }

  /** Tells somebody from now on how long each piece of work took. */
  void timedBy(Consumer<Duration> listener) {
    timed = listener;
  }

  @FunctionalInterface
  interface Flush {
    void flush(Connection connection) throws SQLException;
  }

  @FunctionalInterface
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  /**
   * Runs work that writes what may be lost with the machine's power, as long as everything before
   * it is lost too: it is on disk with the next {@link #write} at the latest.
   */
  <T> T writeLazily(String what, Work<T> work) {
    return run(
        what,
        connection -> {
          T result = work.run(connection);
          connection.commit();
          return result;
        });
  }

  /** Runs work that writes, and puts it on disk. */
  <T> T write(String what, Work<T> work) {
    return run(
        what,
        connection -> {
          T result = work.run(connection);
          connection.commit();
          flush.flush(connection);
          return result;
        });
  }

  /** Runs work that writes, and puts it on disk; not again where it lost against another. */
  <T> T writeOnce(String what, Work<T> work) {
    try (Connection connection = database.getConnection()) {
      return guarded(
          connection,
          open -> {
            T result = work.run(open);
            open.commit();
            flush.flush(open);
            return result;
          });
    } catch (SQLException e) {
      throw new StoreException("cannot " + what + ": " + e.getMessage(), e);
    }
  }

  /** Runs work that only reads, and that sees what was there when it began. */
  <T> T readSteadily(String what, Work<T> work) {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      return guarded(connection, work);
    } catch (SQLException e) {
      throw new StoreException("cannot " + what + ": " + e.getMessage(), e);
    }
  }

  /**
   * Runs work that only reads. Each statement sees what was committed before it, as it would in a
   * transaction of its isolation; without one there is nothing to end.
   */
  <T> T read(String what, Work<T> work) {
    return attempt(what, work);
  }

  /**
   * Runs work that is one statement, which writes and needs no transaction around it. Like {@link
   * #writeLazily}, it is on disk with the next {@link #write}.
   */
  <T> T writeAtOnce(String what, Work<T> work) {
    return attempt(what, work);
  }

  private <T> T run(String what, Work<T> work) {
    return attempt(what, connection -> guarded(connection, work));
  }

  private <T> T attempt(String what, Work<T> work) {
    long began = System.nanoTime();
    try {
      return attempts(what, work);
    } finally {
      timed.accept(Duration.ofNanos(System.nanoTime() - began));
    }
  }

  private <T> T attempts(String what, Work<T> work) {
    for (int attempt = 1; ; attempt++) {
      try (Connection connection = database.getConnection()) {
        return work.run(connection);
      } catch (SQLException e) {
        if (attempt == ATTEMPTS || !lostAgainstAnother(e)) {
          throw new StoreException("cannot " + what + ": " + e.getMessage(), e);
        }
      }
    }
  }

  private static <T> T guarded(Connection connection, Work<T> work) throws SQLException {
    connection.setAutoCommit(false);
    try {
      T result = work.run(connection);
      return result;
    } catch (SQLException | RuntimeException e) {
      try {
        connection.rollback();
      } catch (SQLException lost) {
        e.addSuppressed(lost);
      }
      throw e;
    }
  }

  /** Deadlock or serialisation failure: class 40 of the SQL standard. */
  private static boolean lostAgainstAnother(SQLException e) {
    return e.getSQLState() != null && e.getSQLState().startsWith("40");
  }
}
