package io.byteport.engine.run;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Does pieces of work one at a time, in the order in which they came, on threads of the timers.
 * Holds no thread while it is empty.
 */
final class Mailbox {
  private final Timers timers;
  private final RunId run;
  private final Queue<Runnable> work = new ArrayDeque<>();
  private boolean busy;
  private boolean closed;
  private @Nullable Thread worker;

  /**
   * @param run whose work it is, for what is logged meanwhile
   */
  Mailbox(Timers timers, RunId run) {
    this.timers = timers;
    this.run = run;
  }

  synchronized void post(Runnable piece) {
    if (closed) {
      return;
    }
    work.add(piece);
    if (!busy) {
      busy = true;
      timers.execute(this::drain);
    }
  }

  @SuppressWarnings("try") // the name is taken back at its end
  private void drain() {
    try (MDC.MDCCloseable named = LogNames.of(run)) {
      for (Runnable piece = next(); piece != null; piece = next()) {
        piece.run();
      }
    }
  }

  private synchronized @Nullable Runnable next() {
    Runnable piece = closed ? null : work.poll();
    busy = piece != null;
    worker = busy ? Thread.currentThread() : null;
    notifyAll();
    return piece;
  }

  /** Takes and does nothing more; what is being done goes on. */
  synchronized void close() {
    closed = true;
    work.clear();
  }

  /**
   * Waits for what is being done when the mailbox was closed, and interrupts it once the grace is
   * over.
   *
   * @throws InterruptedException if this thread is interrupted while it waits
   */
  synchronized void awaitQuiet(Duration grace) throws InterruptedException {
    long end = System.nanoTime() + grace.toNanos();
    while (worker != null && !worker.equals(Thread.currentThread())) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        worker.interrupt();
        return;
      }
      wait(left / 1_000_000 + 1);
    }
  }
}
