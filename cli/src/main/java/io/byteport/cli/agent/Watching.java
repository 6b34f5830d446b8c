package io.byteport.cli.agent;

import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.run.SignalSink;
import io.byteport.engine.run.Timers;
import io.byteport.engine.signal.EnabledRunbook;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.signal.WatchListener;
import io.byteport.engine.signal.Watcher;
import io.byteport.engine.signal.WatcherParts;
import io.byteport.engine.spi.ActionRegistry;
import io.byteport.engine.spi.Inventory;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The detectors that watch by themselves, as the settings have them. Safe for several threads. */
final class Watching implements WatchListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watching.class);

  private final ActionRegistry actions;
  private final Evaluator evaluator;
  private final Timers timers;
  private final Redactor redactor;
  private final SignalSink signals;
  private final Map<String, String> degraded = new ConcurrentHashMap<>();
  private @Nullable Settings settings;
  private @Nullable Watcher watcher;

  /**
   * @param signals where signals go; one that it throws for is offered again
   */
  Watching(
      ActionRegistry actions,
      Evaluator evaluator,
      Timers timers,
      Redactor redactor,
      SignalSink signals) {
    this.actions = actions;
    this.evaluator = evaluator;
    this.timers = timers;
    this.redactor = redactor;
    this.signals = signals;
  }

  /** Watches for these from now on; undisturbed where nothing is otherwise. */
  synchronized void use(Settings next) {
    Settings before = settings;
    if (before != null && isSame(before, next)) {
      return;
    }
    close();
    settings = next;
    Watcher fresh =
        new Watcher(
            new WatcherParts(
                actions, next.inventory(), evaluator, timers, signals, this, redactor));
    fresh.start(next.runbooks().watching());
    watcher = fresh;
  }

  private static boolean isSame(Settings before, Settings next) {
    Inventory inventory = before.inventory();
    return inventory.equals(next.inventory())
        && before.runbooks().watching().stream()
            .map(Watching::identity)
            .toList()
            .equals(next.runbooks().watching().stream().map(Watching::identity).toList());
  }

  private record Identity(String text, Object params) {}

  private static Identity identity(EnabledRunbook one) {
    return new Identity(one.runbook().source().text(), one.params());
  }

  /** What sees nothing now, with the reason. */
  Map<String, String> degraded() {
    return new TreeMap<>(degraded);
  }

  @Override
  public void degraded(String watch, String reason) {
    if (degraded.put(watch, reason) == null) {
      LOG.warn("{} sees nothing: {}", watch, reason);
    }
  }

  @Override
  public void idle(String watch, String reason) {
    LOG.debug("{} is not watched: {}", watch, reason);
  }

  @Override
  public void restored(String watch) {
    if (degraded.remove(watch) != null) {
      LOG.info("{} sees again", watch);
    }
  }

  @Override
  public void undelivered(Signal signal, String reason) {
    LOG.warn("nobody could take `{}`, it is offered again: {}", signal.type(), reason);
  }

  @Override
  public synchronized void close() {
    if (watcher != null) {
      watcher.close();
      watcher = null;
      degraded.clear();
    }
  }
}
