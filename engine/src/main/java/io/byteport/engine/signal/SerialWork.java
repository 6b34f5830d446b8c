package io.byteport.engine.signal;

import io.byteport.engine.run.Timers;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one thing after the other, in the order in which they were asked for, on threads of the
 * timers. Safe for several threads.
 */
final class SerialWork {
  private static final Logger LOG = LoggerFactory.getLogger(SerialWork.class);

  private final Timers timers;
  private final Queue<Runnable> queue = new ArrayDeque<>();
  private boolean running;
  private boolean closed;

  SerialWork(Timers timers) {
    this.timers = timers;
  }

  /** Does something soon, unless closed. What it throws is logged. */
  synchronized void post(Runnable work) {
    if (closed) {
      return;
    }
    queue.add(work);
    if (!running) {
      running = true;
      timers.execute(this::drain);
    }
  }

  private void drain() {
    boolean drained = false;
    try {
      for (Runnable work = next(); work != null; work = next()) {
        try {
          work.run();
        } catch (RuntimeException e) {
          LOG.warn("a watch failed unexpectedly", e);
        }
      }
      drained = true;
    } finally {
      if (!drained) {
        timers.execute(this::drain);
      }
    }
  }

  private synchronized @Nullable Runnable next() {
    Runnable work = queue.poll();
    running = work != null;
    return work;
  }

  /** Forgets what has not been done. What is being done goes on. */
  synchronized void close() {
    closed = true;
    queue.clear();
  }
}
