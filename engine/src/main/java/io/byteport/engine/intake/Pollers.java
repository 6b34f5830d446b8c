package io.byteport.engine.intake;

import io.byteport.engine.journal.FencedException;
import io.byteport.engine.journal.StoreException;
import io.byteport.engine.run.Timers;
import io.byteport.engine.source.Polled;
import io.byteport.engine.source.SourceException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks sources regularly and hands what they answer to the intake. Where several processes share
 * the state, one of them polls a source at a time, and another goes on where it left off when it is
 * not heard of any more. A source that cannot be asked is left alone for as long as it says, else
 * for twice as long each time. Calls are made on threads of the timers. Safe for several threads.
 */
public final class Pollers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pollers.class);

  static final Duration LONGEST = Duration.ofMinutes(5);

  /** How often is looked whether the process that polls a source is gone. */
  static final Duration STAND_BY = Duration.ofSeconds(10);

  private final Intake intake;
  private final SourceStates states;
  private final Timers timers;
  private final PollerListener listener;
  private final Map<String, Line> lines = new HashMap<>();

  /**
   * @param timers are not closed
   */
  public Pollers(Intake intake, SourceStates states, Timers timers, PollerListener listener) {
    this.intake = intake;
    this.states = states;
    this.timers = timers;
    this.listener = listener;
  }

  /**
   * Polls these sources from now on and no others. One that is the same as before goes on
   * undisturbed; another begins at once.
   */
  public synchronized void poll(Collection<Polling> pollings) {
    Map<String, Line> wanted = new HashMap<>();
    for (Polling polling : pollings) {
      Line line = lines.remove(polling.source());
      if (line == null || !line.polling.equals(polling)) {
        if (line != null) {
          line.stop();
        }
        line = new Line(polling);
        timers.execute(line::go);
      }
      wanted.put(polling.source(), line);
    }
    lines.values().forEach(Line::leave);
    lines.clear();
    lines.putAll(wanted);
  }

  /** Asks nothing more, and lets others go on. What is being asked is taken still. */
  @Override
  public synchronized void close() {
    lines.values().forEach(Line::leave);
    lines.clear();
  }

  /** One source. */
  private final class Line {
    private final Polling polling;
    private final String source;
    private boolean stopped;
    private boolean asking;
    private boolean leaving;
    private Timers.@Nullable Timer timer;
    private @Nullable Instant planned;
    private int failures;
    private @Nullable Boolean degraded;

    Line(Polling polling) {
      this.polling = polling;
      this.source = polling.source();
    }

    synchronized void stop() {
      stopped = true;
      if (timer != null) {
        timer.cancel();
      }
    }

    /** Stops for good, and lets others poll the source. */
    void leave() {
      synchronized (this) {
        stop();
        leaving = true;
        if (asking) {
          return;
        }
      }
      resign();
    }

    private void resign() {
      try {
        states.store().resign(source);
      } catch (StoreException e) {
        LOG.debug("`{}` is free when this process is gone: {}", source, e.getMessage());
      }
    }

    private synchronized boolean begins() {
      asking = !stopped;
      return asking;
    }

    private void go() {
      if (!begins()) {
        return;
      }
      Instant asked = timers.clock().instant();
      Duration wait = STAND_BY;
      try {
        wait = leads() ? ask(asked) : standBy();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        LOG.error("polling `{}` failed unexpectedly", source, e);
        wait = failed(String.valueOf(e.getMessage()), null);
      }
      next(wait);
    }

    private boolean leads() {
      try {
        return states.store().lead(source);
      } catch (StoreException e) {
        LOG.warn("`{}` is polled later: {}", source, e.getMessage());
        return false;
      }
    }

    private Duration standBy() {
      planned = null;
      failures = 0;
      degraded = null;
      return polling.every().compareTo(STAND_BY) < 0 ? polling.every() : STAND_BY;
    }

    private Duration ask(Instant asked) throws InterruptedException {
      try {
        SourceState state =
            states.store().find(source).orElseGet(() -> SourceState.unheard(source));
        if (degraded == null) {
          degraded = state.degraded() != null;
        }
        Polled polled = polling.poller().poll(state.cursor());
        Taken taken = intake.take(source, polled, asked);
        restored();
        listener.answered(source, taken, Duration.between(asked, timers.clock().instant()));
        return onTime(asked);
      } catch (SourceException e) {
        return failed(String.valueOf(e.getMessage()), e.retryAfter());
      } catch (FencedException e) {
        LOG.info("{}", e.getMessage());
        return standBy();
      } catch (StoreException e) {
        LOG.warn("what `{}` answered is asked for again: {}", source, e.getMessage());
        return backOff();
      }
    }

    private void restored() {
      failures = 0;
      if (Boolean.TRUE.equals(degraded)) {
        states.restored(source);
        degraded = false;
        listener.restored(source);
      }
    }

    /** Every so often from the first time, whatever an answer took; what was missed is left out. */
    private Duration onTime(Instant asked) {
      Instant now = timers.clock().instant();
      Instant due = planned == null ? asked : planned;
      do {
        due = due.plus(polling.every());
      } while (!due.isAfter(now));
      planned = due;
      return Duration.between(now, due);
    }

    private Duration failed(String reason, @Nullable Duration retryAfter) {
      degraded = true;
      try {
        states.degraded(source, reason);
      } catch (StoreException e) {
        LOG.warn("that `{}` is degraded is not noted: {}", source, e.getMessage());
      }
      listener.degraded(source, reason);
      Duration wait = backOff();
      return retryAfter == null || retryAfter.isNegative() || retryAfter.isZero()
          ? wait
          : retryAfter;
    }

    private Duration backOff() {
      planned = null;
      Duration wait = polling.every().multipliedBy(1L << Math.min(failures++, 20));
      Duration most = polling.every().compareTo(LONGEST) > 0 ? polling.every() : LONGEST;
      return wait.compareTo(most) < 0 ? wait : most;
    }

    private void next(Duration wait) {
      synchronized (this) {
        asking = false;
        if (!stopped) {
          timer = timers.at(timers.clock().instant().plus(wait), this::go);
          return;
        }
        if (!leaving) {
          return;
        }
      }
      resign();
    }
  }
}
