package io.byteport.engine.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Timers of the real world: one thread watches the clock, work runs on virtual threads. */
public final class SystemTimers implements Timers {
  /**
   * How long to sleep at most before looking at the clock again, which may have been set meanwhile.
   */
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(30);

  private final InstantSource clock;
  private final Duration longestSleep;
  private final ScheduledThreadPoolExecutor alarm = alarm();
  private final ExecutorService workers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("byteport-run-", 0).factory());

  public SystemTimers(InstantSource clock) {
    this(clock, LONGEST_SLEEP);
  }

  SystemTimers(InstantSource clock, Duration longestSleep) {
    this.clock = clock;
    this.longestSleep = longestSleep;
  }

  private static ScheduledThreadPoolExecutor alarm() {
    ScheduledThreadPoolExecutor alarm =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("byteport-timers").factory());
    alarm.setRemoveOnCancelPolicy(true);
    return alarm;
  }

  @Override
  public InstantSource clock() {
    return clock;
  }

  @Override
  public void execute(Runnable work) {
    try {
      workers.execute(work);
    } catch (RejectedExecutionException closed) {
      // Closed timers forget.
    }
  }

  @Override
  public Timer at(Instant when, Runnable work) {
    Alarm alarm = new Alarm(when, work);
    alarm.look();
    return alarm;
  }

  @Override
  public void close() {
    alarm.shutdownNow();
    workers.shutdown();
  }

  private final class Alarm implements Timer {
    private final Instant when;
    private final Runnable work;
    private volatile boolean over;
    private volatile @Nullable Future<?> sleeping;

    Alarm(Instant when, Runnable work) {
      this.when = when;
      this.work = work;
    }

    private void look() {
      if (over) {
        return;
      }
      Duration left = Duration.between(clock.instant(), when);
      if (left.isNegative() || left.isZero()) {
        over = true;
        execute(work);
        return;
      }
      Duration sleep = left.compareTo(longestSleep) < 0 ? left : longestSleep;
      try {
        sleeping = alarm.schedule(this::look, sleep.toNanos(), TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException closed) {
        over = true;
      }
    }

    @Override
    public void cancel() {
      over = true;
      Future<?> pending = sleeping;
      if (pending != null) {
        pending.cancel(false);
      }
    }
  }
}
