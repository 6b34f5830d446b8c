package io.byteport.adapter.probes.net;

import io.byteport.engine.spi.ActionException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs blocking calls for so long at most, however slowly the other side drips its answer. A call
 * runs on a virtual thread of its own, which is interrupted when the time is over or the caller is
 * interrupted; an interrupted virtual thread closes the socket that it waits for.
 */
public final class TimeLimit {

  private TimeLimit() {}

  /** Something that waits for the network. */
  @FunctionalInterface
  public interface Call<T> {
    T run() throws IOException, ActionException, InterruptedException;
  }

  /**
   * The answer of a call.
   *
   * @throws TimeoutException if there is none in time; the call was told to stop, and its answer
   *     goes nowhere
   * @throws InterruptedException if the caller was interrupted; likewise
   */
  public static <T> T within(Duration limit, Call<T> call)
      throws IOException, ActionException, InterruptedException, TimeoutException {
    FutureTask<T> task = new FutureTask<>(call::run);
    Thread.ofVirtual().name("probe").start(task);
    try {
      return task.get(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } finally {
      task.cancel(true);
    }
  }

  private static IllegalStateException unwrapped(ExecutionException failure)
      throws IOException, ActionException, InterruptedException {
    switch (failure.getCause()) {
      case IOException e -> throw e;
      case ActionException e -> throw e;
      case InterruptedException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> {
        return new IllegalStateException(failure);
      }
    }
  }

  /** The shorter of two. */
  public static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
