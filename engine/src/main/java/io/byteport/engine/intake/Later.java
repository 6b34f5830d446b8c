package io.byteport.engine.intake;

import io.byteport.engine.run.Timers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Does a piece of work some time after it was asked for, once for all who asked meanwhile. */
final class Later {
  private final Timers timers;
  private final Duration delay;
  private final Runnable work;
  private Timers.@Nullable Timer pending;
  private boolean closed;

  /**
   * @param work must not throw
   */
  Later(Timers timers, Duration delay, Runnable work) {
    this.timers = timers;
    this.delay = delay;
    this.work = work;
  }

  synchronized void ask() {
    if (pending == null && !closed) {
      pending = timers.at(timers.clock().instant().plus(delay), this::run);
    }
  }

  private void run() {
    synchronized (this) {
      pending = null;
      if (closed) {
        return;
      }
    }
    work.run();
  }

  /** Forgets what was asked for. */
  synchronized void close() {
    closed = true;
    if (pending != null) {
      pending.cancel();
      pending = null;
    }
  }
}
