package io.byteport.adapter.sql.connect;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One connection that is opened when it is needed and opened again when it was lost. One thread at
 * a time works with it; others may cancel that work.
 */
final class Lane {
  private static final Duration ALIVE = Duration.ofSeconds(5);

  private final Endpoint endpoint;
  private final Wire wire;
  private final boolean once;
  private volatile @Nullable Connection connection;

  /** Whether a cancellation is on its way, which must not meet the work after this one. */
  private volatile boolean cancelled;

  private volatile boolean dropped;

  /**
   * @param once whether the connection is closed after the work
   */
  Lane(Endpoint endpoint, Wire wire, boolean once) {
    this.endpoint = endpoint;
    this.wire = wire;
    this.once = once;
  }

  <T> T run(Access access, Deadline deadline, Work<T> work) throws ActionException {
    Connection open = open(deadline);
    long start = System.nanoTime();
    Duration limit = deadline.forStatement();
    boolean useless = once;
    try {
      wire.begin(open, access, limit);
      T result;
      try {
        result = work.with(open);
      } catch (SQLException | ActionException | RuntimeException e) {
        useless |= !ended(open, access);
        throw e;
      }
      useless |= !ended(open, access);
      return result;
    } catch (SQLException e) {
      useless |= Failures.isLost(e) || (e.getSQLState() == null && !isAlive(open));
      if (Failures.isStopped(e)) {
        cancelled = false; // it has arrived
      }
      boolean late = Duration.ofNanos(System.nanoTime() - start).compareTo(limit) >= 0;
      throw Failures.working(e, wire.words(e), endpoint, access, late);
    } finally {
      if (useless || dropped || cancelled) {
        close();
      }
    }
  }

  private Connection open(Deadline deadline) throws ActionException {
    Connection kept = connection;
    if (kept != null && !dropped && !cancelled && isAlive(kept)) {
      return kept;
    }
    close();
    dropped = false;
    cancelled = false;
    if (deadline.remaining().isZero()) {
      throw ActionException.refused(FailureKind.TIMEOUT, "no time is left to ask " + endpoint);
    }
    try {
      Connection opened = wire.open(endpoint, deadline.remaining());
      connection = opened;
      return opened;
    } catch (SQLException e) {
      SQLException why = Failures.isFull(e) ? new Line.NoRoomException(e) : e;
      throw Failures.opening(why, wire.words(e), endpoint);
    }
  }

  private static boolean isAlive(Connection open) {
    try {
      return open.isValid((int) ALIVE.toSeconds());
    } catch (SQLException e) {
      return false;
    }
  }

  private boolean ended(Connection open, Access access) {
    try {
      wire.end(open, access);
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  /** Asks the server to give up the work that is under way; does nothing where there is none. */
  void cancel(Executor threads) {
    Connection busy = connection;
    if (busy == null) {
      return;
    }
    cancelled = true;
    try {
      threads.execute(
          () -> {
            try {
              wire.cancel(busy);
            } catch (SQLException e) {
              dropped = true; // it may still be at it: this connection is not used again
            }
          });
    } catch (RejectedExecutionException e) {
      dropped = true; // the adapter is closed, and its connections with it
    }
  }

  /** Lets go of the connection, whatever it is doing. */
  void drop() {
    dropped = true;
    Connection busy = connection;
    if (busy != null) {
      try {
        busy.abort(Runnable::run);
      } catch (SQLException e) {
        close();
      }
    }
  }

  private void close() {
    Connection old = connection;
    connection = null;
    if (old != null) {
      try {
        old.close();
      } catch (SQLException e) {
        dropped = true; // it was broken already
      }
    }
  }
}
