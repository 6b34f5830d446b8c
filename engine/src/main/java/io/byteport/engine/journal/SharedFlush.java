package io.byteport.engine.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One flush for all transactions that were committed before it began. Whoever commits while one is
 * under way waits for the next, which one of them does for all. Safe for several threads.
 */
final class SharedFlush implements SqlTransactions.Flush {
  private final SqlTransactions.Flush flush;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();

  /** How many flushes have begun, and the last one that succeeded. */
  private long begun;

  private long succeeded;
  private boolean underWay;

  SharedFlush(SqlTransactions.Flush flush) {
    this.flush = flush;
  }

  /** Returns once a flush has succeeded that began after this was called. */
  @Override
  public void flush(Connection connection) throws SQLException {
    lock.lock();
    try {
      long enough = begun + 1;
      while (succeeded < enough) {
        if (underWay) {
          ended.awaitUninterruptibly();
        } else {
          lead(connection);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void lead(Connection connection) throws SQLException {
    underWay = true;
    long mine = ++begun;
    lock.unlock();
    boolean done = false;
    try {
      flush.flush(connection);
      done = true;
    } finally {
      lock.lock();
      underWay = false;
      if (done) {
        succeeded = mine;
      }
      ended.signalAll();
    }
  }
}
