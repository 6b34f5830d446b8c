package io.byteport.cli.agent;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.run.Timers;
import io.byteport.engine.spi.ActionRegistry;
import io.byteport.engine.spi.Adapters;
import io.byteport.engine.spi.Inventory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings that hold, and how others take their place while the agent goes on. What the earlier
 * ones reach with is closed once nobody can be using it any more. Safe for several threads.
 */
final class Reloading implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Reloading.class);

  /** How long what a reload has replaced may still be in use. */
  private static final Duration IN_USE = Duration.ofMinutes(15);

  private final SettingsReader reader;
  private final ClassLoader loader;
  private final Timers timers;
  private final Redactor redactor;
  private final Metrics metrics;
  private final ActionRegistry actions;
  private final Outside outside;
  private final List<AutoCloseable> replaced = new ArrayList<>();
  private volatile Settings settings;
  private volatile List<String> notTaken = List.of();
  private Adapters adapters;

  /**
   * @param loader where adapters are found
   * @param outside is not closed
   */
  record Parts(
      SettingsReader reader,
      ClassLoader loader,
      Timers timers,
      Redactor redactor,
      Metrics metrics,
      Outside outside) {}

  Reloading(Parts parts, Settings first) {
    this.reader = parts.reader();
    this.loader = parts.loader();
    this.timers = parts.timers();
    this.redactor = parts.redactor();
    this.metrics = parts.metrics();
    this.outside = parts.outside();
    this.settings = first;
    this.adapters = Adapters.discover(first.inventory(), loader);
    this.actions = adapters.registry();
    replaced.addAll(outside.use(first));
  }

  Settings settings() {
    return settings;
  }

  /** The actions as the settings reach the world. */
  ActionRegistry actions() {
    return actions;
  }

  /** What is wrong with the configuration on disk, which therefore does not hold. */
  List<String> notTaken() {
    return notTaken;
  }

  /**
   * Reads configuration and runbooks again. Where something is wrong that was not wrong before,
   * everything stays as it was.
   *
   * @param begun is run before anything is read
   * @param taken is told the new settings, which hold by then
   * @return what was wrong; empty where nothing was
   */
  synchronized List<String> reload(Runnable begun, Consumer<Settings> taken) {
    begun.run();
    SettingsReader.Read read = reader.read(settings);
    Settings next = read.settings();
    if (next == null) {
      return refused(
          read.findings().stream()
              .filter(Diagnostic::isError)
              .map(finding -> Agent.print(List.of(finding)))
              .toList());
    }
    List<String> fresh = new ArrayList<>();
    next.runbooks()
        .newProblems(settings.runbooks())
        .forEach((where, what) -> fresh.add(where + ": " + what));
    if (!fresh.isEmpty()) {
      return refused(fresh);
    }
    try {
      take(next, taken);
    } catch (IllegalStateException | IllegalArgumentException e) {
      return refused(List.of(String.valueOf(e.getMessage())));
    }
    notTaken = List.of();
    metrics.count(Metric.RELOADS, "taken");
    return List.of();
  }

  private List<String> refused(List<String> problems) {
    notTaken = List.copyOf(problems);
    metrics.count(Metric.RELOADS, "kept");
    LOG.error(
        "the configuration on disk is not taken, what held before holds on:\n{}",
        redactor.redact(String.join("\n", problems)));
    return notTaken;
  }

  private void take(Settings next, Consumer<Settings> taken) {
    Settings before = settings;
    List<AutoCloseable> gone = new ArrayList<>();
    if (!before.inventory().equals(next.inventory())) {
      gone.add(reach(next.inventory()));
      gone.add(before.secrets());
    }
    gone.addAll(outside.use(next));
    settings = next;
    taken.accept(next);
    replaced.addAll(gone);
    timers.at(timers.clock().instant().plus(IN_USE), () -> closeReplaced(gone));
    LOG.info(
        "the configuration was read again: {} runbooks may be started, {} watch, {} sources, {}"
            + " channels; open runs keep what they were opened with",
        next.runbooks().enabled().size(),
        next.runbooks().watching().size(),
        next.configuration().sources().size(),
        next.configuration().channels().size());
    List<String> later = Sameness.needsRestart(before.configuration(), next.configuration());
    if (!later.isEmpty()) {
      LOG.warn("`{}` take effect at the next start only", String.join("`, `", later));
    }
  }

  private AutoCloseable reach(Inventory inventory) {
    Adapters fresh = Adapters.discover(inventory, loader);
    actions.use(fresh.all());
    Adapters old = adapters;
    adapters = fresh;
    return old;
  }

  private synchronized void closeReplaced(List<AutoCloseable> gone) {
    for (AutoCloseable one : gone) {
      if (replaced.remove(one)) {
        Outside.close(one);
      }
    }
  }

  /** Closes what the settings reach with, and what they have replaced. */
  @Override
  public synchronized void close() {
    adapters.close();
    List.copyOf(replaced).forEach(Outside::close);
    replaced.clear();
    settings.secrets().close();
  }
}
