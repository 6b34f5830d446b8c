package io.byteport.adapter.kubernetes.api;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Lets time pass between two looks at a cluster. Safe for several threads. */
@FunctionalInterface
public interface Pause {

  /** Waits by the machine's clock. */
  Pause ON_THE_MACHINE =
      time -> {
        try {
          new CompletableFuture<Boolean>()
              .completeOnTimeout(true, time.toNanos(), TimeUnit.NANOSECONDS)
              .get();
        } catch (ExecutionException impossible) {
          throw new IllegalStateException(impossible);
        }
      };

  void of(Duration time) throws InterruptedException;
}
