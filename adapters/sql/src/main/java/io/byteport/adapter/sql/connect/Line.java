package io.byteport.adapter.sql.connect;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The connections to one server. One is opened when it is first needed and then kept in reserve, so
 * that a server whose connections are all taken can still be asked; while it is busy, one more is
 * opened for a moment, and where the server has no room for that, the reserve is waited for. What
 * is asked is given up, and the server told so, when its time is over or its thread is interrupted.
 * Safe for several threads.
 */
public final class Line implements AutoCloseable {
  /** How long a server may take to obey a cancellation before its connection is dropped. */
  private static final Duration OBEYS = Duration.ofMillis(400);

  private final Endpoint endpoint;
  private final Wire wire;
  private final ExecutorService threads;
  private final Lane reserve;
  private final Semaphore reserveFree = new Semaphore(1, true);
  private final Semaphore extraFree = new Semaphore(1);

  /**
   * @param threads where servers are waited for; a thread of it may block for long
   */
  Line(Endpoint endpoint, Wire wire, ExecutorService threads) {
    this.endpoint = endpoint;
    this.wire = wire;
    this.threads = threads;
    this.reserve = new Lane(endpoint, wire, false);
  }

  /**
   * Does one piece of work with a connection. A statement in it may take as long as is left.
   *
   * @throws ActionException if the server could not be reached or refused, or the time is over
   */
  public <T> T call(Access access, Deadline deadline, Work<T> work)
      throws ActionException, InterruptedException {
    if (reserveFree.tryAcquire()) {
      return run(reserve, reserveFree, access, deadline, work);
    }
    if (extraFree.tryAcquire()) {
      try {
        return run(new Lane(endpoint, wire, true), extraFree, access, deadline, work);
      } catch (ActionException e) {
        if (!(e.getCause() instanceof NoRoomException)) {
          throw e;
        }
      }
    }
    if (!reserveFree.tryAcquire(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
      throw ActionException.refused(
          FailureKind.TIMEOUT, "another question to " + endpoint + " is still being answered");
    }
    return run(reserve, reserveFree, access, deadline, work);
  }

  private <T> T run(Lane lane, Semaphore free, Access access, Deadline deadline, Work<T> work)
      throws ActionException, InterruptedException {
    AtomicBoolean givenUp = new AtomicBoolean();
    Work<T> unlessGivenUp =
        connection -> {
          if (givenUp.get()) {
            throw ActionException.refused(FailureKind.CANCELLED, "nobody waits for it any more");
          }
          return work.with(connection);
        };
    Future<T> answer;
    try {
      answer =
          threads.submit(
              () -> {
                try {
                  return lane.run(access, deadline, unlessGivenUp);
                } finally {
                  free.release();
                }
              });
    } catch (RejectedExecutionException e) {
      free.release();
      throw ActionException.refused(FailureKind.CANCELLED, "the adapter is closed");
    }
    try {
      return answer.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw thrown(e);
    } catch (TimeoutException e) {
      givenUp.set(true);
      return late(lane, access, answer);
    } catch (InterruptedException e) {
      givenUp.set(true);
      giveUp(lane, answer);
      throw e;
    }
  }

  /** The answer, if it comes while we give up; else a failure. */
  private <T> T late(Lane lane, Access access, Future<T> answer)
      throws ActionException, InterruptedException {
    giveUp(lane, answer);
    if (answer.isDone() && access == Access.CHANGE) {
      try {
        return answer.get();
      } catch (ExecutionException e) {
        throw thrown(e);
      }
    }
    throw new ActionException(
        FailureKind.TIMEOUT,
        access == Access.CHANGE ? Effect.UNKNOWN : Effect.NONE,
        "no answer within the time from " + endpoint,
        null);
  }

  private void giveUp(Lane lane, Future<?> answer) {
    lane.cancel(threads);
    long end = System.nanoTime() + OBEYS.toNanos();
    boolean interrupted = false;
    while (!answer.isDone() && System.nanoTime() - end < 0) {
      try {
        answer.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException | TimeoutException e) {
        break;
      }
    }
    if (!answer.isDone()) {
      lane.drop();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static ActionException thrown(ExecutionException e) throws InterruptedException {
    return switch (e.getCause()) {
      case ActionException failure -> failure;
      case InterruptedException stop -> throw stop;
      case Error error -> throw error;
      case RuntimeException defect -> throw defect;
      case null, default -> throw new IllegalStateException(e.getCause());
    };
  }

  @Override
  public void close() {
    reserve.drop();
  }

  /** Why another connection could not be opened: there is no room for it. */
  static final class NoRoomException extends SQLException {
    private static final long serialVersionUID = 1L;

    NoRoomException(SQLException why) {
      super(why.getMessage(), why.getSQLState(), why.getErrorCode(), why);
    }
  }
}
