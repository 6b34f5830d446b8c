package io.byteport.engine.signal;

import io.byteport.dsl.value.Quantities;
import io.byteport.dsl.value.Value;
import io.byteport.engine.run.Timers.Timer;
import io.byteport.engine.signal.WatchPlan.Planned;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.WatchSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches for the detectors of some runbooks and hands on the signals that come of it. A read that
 * an adapter can follow is followed, any other one is polled. Everything is done on the timers, one
 * thing after the other, so that who moves their clock tells the story; safe for use by several
 * threads.
 */
public final class Watcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);

  /** When to try again to start a watch that could not be started. */
  private static final Duration RETRY = Duration.ofSeconds(30);

  private final WatcherParts parts;
  private final SerialWork work;
  private final Outbox outbox;
  private final List<AutoCloseable> open = new ArrayList<>();
  private boolean closed;

  public Watcher(WatcherParts parts) {
    this.parts = parts;
    this.work = new SerialWork(parts.timers());
    this.outbox = new Outbox(parts.signals(), parts.listener(), parts.timers(), work);
  }

  /**
   * Begins to watch for these runbooks, beside those that are watched for already. Returns at once.
   */
  public void start(Collection<EnabledRunbook> runbooks) {
    List<EnabledRunbook> all = List.copyOf(runbooks);
    work.post(
        () -> {
          for (Planned planned : new WatchPlan(parts, now()).of(all)) {
            new Sight(planned).start();
          }
        });
  }

  private Instant now() {
    return parts.timers().clock().instant();
  }

  /** Remembers what to close; closes it where it is too late. */
  private synchronized void keep(AutoCloseable handle) {
    if (closed) {
      close(handle);
    } else {
      open.add(handle);
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private static void close(AutoCloseable handle) {
    try {
      handle.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warn("a watch could not be closed", e);
    }
  }

  /** Ends all watches. Signals that nobody could take are forgotten. */
  @Override
  public void close() {
    List<AutoCloseable> handles;
    synchronized (this) {
      closed = true;
      handles = List.copyOf(open);
      open.clear();
    }
    work.close();
    handles.forEach(Watcher::close);
  }

  /** One watch and the detectors that look at it. What it is told it does on the watcher's work. */
  private final class Sight implements PollingWatch.Listener {
    private final Planned planned;
    private final boolean polled;
    private @Nullable Timer timer;
    private @Nullable Instant wanted;
    private boolean degraded;

    Sight(Planned planned) {
      this.planned = planned;
      this.polled = parts.actions().watch(planned.action().name()).isEmpty();
    }

    void start() {
      if (isClosed()) {
        return;
      }
      try {
        keep(source());
      } catch (RuntimeException e) {
        if (isClosed()) {
          return; // what it works with was closed as well
        }
        if (!(e.getCause() instanceof ActionException)) {
          LOG.warn("`{}` cannot be watched", planned.action().name(), e);
        }
        blind(
            "it could not be started ("
                + parts.redactor().redact(String.valueOf(e.getMessage()))
                + "), next try in "
                + Quantities.print(RETRY));
        parts.timers().at(now().plus(RETRY), () -> work.post(this::start));
      }
    }

    private AutoCloseable source() {
      String name = planned.action().name();
      Optional<WatchSource> followed = parts.actions().watch(name);
      if (followed.isPresent()) {
        return followed.get().start(planned.with(), this);
      }
      if (!(parts.actions().action(name).orElseThrow() instanceof Action.Read<?, ?> read)) {
        throw new IllegalStateException("`" + name + "` does not read");
      }
      return new PollingWatch(
              planned.enabled().runbook().catalogue(),
              planned.action(),
              read,
              planned.every(),
              parts.timers(),
              parts.redactor())
          .start(planned.with(), this);
    }

    @Override
    public void answered() {
      work.post(this::sighted);
    }

    @Override
    public void changed(String key, Value element, Map<String, String> labels) {
      Map<String, String> copy = Map.copyOf(labels);
      tell(detector -> detector.changed(key, element, copy, now()).stream().toList());
    }

    @Override
    public void gone(String key) {
      tell(detector -> detector.gone(key, now()).stream().toList());
    }

    @Override
    public void degraded(String reason) {
      work.post(() -> blind(parts.redactor().redact(reason)));
    }

    private void blind(String reason) {
      degraded = true;
      planned.detectors().forEach(detector -> detector.blind(polled));
      wake();
      parts.listener().degraded(planned.name(), reason);
    }

    private void sighted() {
      if (degraded) {
        degraded = false;
        parts.listener().restored(planned.name());
      }
    }

    private interface Telling {
      List<Signal> to(DetectorEvaluator detector);
    }

    private void tell(Telling telling) {
      work.post(
          () -> {
            sighted();
            ask(telling);
          });
    }

    private void ask(Telling telling) {
      for (DetectorEvaluator detector : planned.detectors()) {
        telling.to(detector).forEach(signal -> outbox.add(detector, signal));
      }
      wake();
    }

    /** Sets the alarm for the next time at which a detector wants to be asked. */
    private void wake() {
      Instant next =
          planned.detectors().stream()
              .flatMap(detector -> detector.next().stream())
              .min(Instant::compareTo)
              .orElse(null);
      if (next != null && next.equals(wanted)) {
        return;
      }
      if (timer != null) {
        timer.cancel();
      }
      wanted = next;
      timer = next == null ? null : parts.timers().at(next, () -> work.post(this::due));
    }

    private void due() {
      wanted = null;
      ask(detector -> detector.due(now()));
    }
  }
}
