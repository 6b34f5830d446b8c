package io.byteport.engine.journal;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Does a piece of work a moment after it was asked for, once for all who asked meanwhile. Holds no
 * thread in between. Safe for several threads.
 */
final class Soon {
  /** How long what was asked for may wait. */
  static final Duration DELAY = Duration.ofMillis(50);

  private final Runnable work;
  private final AtomicBoolean asked = new AtomicBoolean();
  private final Executor later =
      CompletableFuture.delayedExecutor(
          DELAY.toMillis(),
          TimeUnit.MILLISECONDS,
          work -> Thread.ofVirtual().name("byteport-journal").start(work));

  /**
   * @param work must not throw; is done on a thread of its own, perhaps twice at a time
   */
  Soon(Runnable work) {
    this.work = work;
  }

  void ask() {
    if (asked.compareAndSet(false, true)) {
      later.execute(
          () -> {
            asked.set(false);
            work.run();
          });
    }
  }
}
