package io.byteport.adapter.cloud.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Waits between two sendings. */
@FunctionalInterface
public interface Pauses {

  /**
   * @throws InterruptedException if the run was cancelled meanwhile
   */
  void pause(Duration time) throws InterruptedException;

  /** Waits for as long as it is told. */
  static Pauses real() {
    return time -> {
      CompletableFuture<Void> over =
          CompletableFuture.runAsync(
              () -> {}, CompletableFuture.delayedExecutor(time.toNanos(), TimeUnit.NANOSECONDS));
      try {
        over.get();
      } catch (ExecutionException impossible) {
        throw new IllegalStateException(impossible);
      }
    };
  }
}
