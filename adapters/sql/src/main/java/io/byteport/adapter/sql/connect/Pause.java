package io.byteport.adapter.sql.connect;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets time pass between two looks at the same thing. Safe for several threads. */
@FunctionalInterface
public interface Pause {

  /**
   * Returns when the time is over.
   *
   * @throws InterruptedException if the thread is interrupted before
   */
  void pause(Duration time) throws InterruptedException;

  /** Real time. */
  static Pause real() {
    return time -> {
      boolean woken = new Semaphore(0).tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS);
      if (woken) {
        throw new IllegalStateException("nobody else knows this semaphore");
      }
    };
  }
}
