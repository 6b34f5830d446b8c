package io.byteport.cli.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.CloseConnectionException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends connections whose other side takes too long to say what it wants, however little it says
 * from time to time. A thread is interrupted only while it waits for the other side, never while it
 * works.
 */
final class Deadlines implements AutoCloseable {
  private static final long LONGEST_LOOK_MILLIS = 250;

  private final HttpLimits limits;
  private final HttpCounts counts;
  private final Map<Thread, Line> lines = new ConcurrentHashMap<>();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("http-deadlines").factory());
  private final ScheduledFuture<?> looking;
  private volatile boolean draining;

  Deadlines(HttpLimits limits, HttpCounts counts) {
    this.limits = limits;
    this.counts = counts;
    long every =
        Math.max(
            1,
            Math.min(
                LONGEST_LOOK_MILLIS,
                Math.min(limits.headersWithin().toMillis(), limits.bodyWithin().toMillis()) / 4));
    this.looking =
        watch.scheduleWithFixedDelay(
            () -> lines.values().forEach(Line::look), every, every, TimeUnit.MILLISECONDS);
  }

  Line line() {
    return new Line();
  }

  /** From now on this thread reads from the line. */
  void watch(Line line) {
    line.reader = Thread.currentThread();
    lines.put(Thread.currentThread(), line);
  }

  void forget() {
    lines.remove(Thread.currentThread());
  }

  /** The head of a request is there: now its body is waited for. */
  void headRead() {
    phase(Phase.BODY, limits.bodyWithin());
  }

  /** A request was answered: the next one may come. */
  void answered() {
    phase(Phase.BETWEEN, limits.idle());
  }

  private void phase(Phase phase, Duration within) {
    Line line = lines.get(Thread.currentThread());
    if (line != null) {
      line.phase(phase, within);
    }
  }

  /** Ends connections that wait for a request, now and from now on. */
  void drain() {
    draining = true;
    lines.values().forEach(Line::look);
  }

  @Override
  public void close() {
    looking.cancel(false);
    watch.shutdownNow();
  }

  private enum Phase {
    /** No byte of a request is there. */
    BETWEEN,
    HEAD,
    BODY
  }

  /** What comes from one other side. */
  final class Line {
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Thread reader;
    private Phase phase = Phase.BETWEEN;
    private long until = System.nanoTime() + limits.headersWithin().toNanos();
    private boolean waiting;
    private boolean late;
    private boolean told;

    private void phase(Phase next, Duration within) {
      lock.lock();
      try {
        phase = next;
        until = System.nanoTime() + within.toNanos();
      } finally {
        lock.unlock();
      }
    }

    /** What there is to read, waiting for it where there is nothing. */
    byte[] read(DataReader source) {
      begin();
      try {
        source.ensureAvailable();
      } finally {
        end();
      }
      if (phase == Phase.BETWEEN) {
        phase(Phase.HEAD, limits.headersWithin());
      }
      return source.readBytes(source.available());
    }

    /** The same as what a reader of bytes asks. */
    Supplier<byte[]> of(DataReader source) {
      return () -> read(source);
    }

    private void begin() {
      lock.lock();
      try {
        if (isLate()) {
          throw late();
        }
        waiting = true;
      } finally {
        lock.unlock();
      }
    }

    private void end() {
      lock.lock();
      try {
        waiting = false;
        if (late) {
          // it was the watch that interrupted, and nobody else is to hear of it
          Thread.interrupted();
          throw late();
        }
      } finally {
        lock.unlock();
      }
    }

    private boolean isLate() {
      return System.nanoTime() - until >= 0 || draining && phase == Phase.BETWEEN;
    }

    private CloseConnectionException late() {
      if (phase != Phase.BETWEEN && !told) {
        told = true;
        counts.refused(Turned.TOO_SLOW, phase == Phase.HEAD ? "head" : "body");
      }
      return new CloseConnectionException("nothing was said for too long");
    }

    private void look() {
      lock.lock();
      try {
        Thread thread = reader;
        if (waiting && !late && thread != null && isLate()) {
          late = true;
          thread.interrupt();
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
