package io.byteport.cli;

import io.byteport.adapter.probes.ProbesAdapter;
import io.byteport.adapter.probes.TcpDialer;
import io.byteport.adapter.probes.tls.TrustRoots;
import io.byteport.cli.world.Setting;
import io.byteport.cli.world.World;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.TextValue;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.journal.Ticks;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunListener;
import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.VirtualTimers;
import io.byteport.engine.signal.EnabledRunbook;
import io.byteport.engine.signal.ParamBinder;
import io.byteport.engine.signal.ParamBinding;
import io.byteport.engine.signal.ParamSources;
import io.byteport.engine.signal.Routing;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.signal.WatchListener;
import io.byteport.engine.signal.Watcher;
import io.byteport.engine.signal.WatcherParts;
import io.byteport.engine.spi.Adapter;
import io.byteport.engine.spi.Inventory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Worlds and the real engine on one virtual clock. The engine sees them as it sees any other:
 * through the adapters, and it is called by its own detectors.
 */
final class Stage implements AutoCloseable {
  private static final Duration STEP = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final int QUIET_MILLIS = 150;

  private final Demo demo;
  private final VirtualTimers timers;
  private final List<World> worlds = new ArrayList<>();
  private final List<Adapter> adapters = new ArrayList<>();
  private final Workbench bench;
  private final Watcher watcher;
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();

  /** Hears what the stage has to say beside the journal. */
  interface Audience {
    /** Hears nothing. */
    Audience SILENT =
        new Audience() {
          @Override
          public void begins(Demo demo, List<World> worlds) {}

          @Override
          public void passes(Duration time) {}

          @Override
          public void ends(Duration simulated, List<World> worlds) {}
        };

    void begins(Demo demo, List<World> worlds);

    void passes(Duration time);

    /**
     * @param simulated how much time has passed on the virtual clock
     * @param worlds as they are now, before they are closed
     */
    void ends(Duration simulated, List<World> worlds);
  }

  Stage(Demo demo, Path folder, RunListener listener) throws IOException {
    this(demo, demo.settings(), folder, listener);
  }

  /**
   * @param settings of the story, or others in their place
   */
  Stage(Demo demo, List<Setting> settings, Path folder, RunListener listener) throws IOException {
    this.demo = demo;
    this.timers =
        new VirtualTimers(settings.getFirst().startAt(), (from, to) -> worlds.forEach(World::tick));
    for (Setting setting : settings) {
      worlds.add(setting.start(timers.clock(), folder));
    }
    worlds.forEach(world -> world.meets(List.copyOf(worlds)));
    Inventory inventory =
        new Inventory(worlds.stream().flatMap(world -> world.entries().stream()).toList());
    worlds.forEach(world -> adapters.addAll(world.adapters(inventory, this::pause)));
    adapters.add(
        new ProbesAdapter(
            inventory,
            first(World::dialer).orElseGet(TcpDialer::network),
            first(World::publicRoots).orElseGet(TrustRoots::system)));
    Language language = Language.load();
    List<EnabledRunbook> runbooks = enabled(language, inventory);
    this.bench =
        new Workbench(
            language,
            runbooks,
            inventory,
            adapters,
            Mode.LIVE,
            SqlRunStore.inFolder(folder, Redactor.SHAPES_ONLY, Ticks.of(timers.clock())),
            timers,
            listener);
    this.watcher =
        new Watcher(
            new WatcherParts(
                bench.actions(),
                inventory,
                new Evaluator(),
                timers,
                this::arrived,
                WatchListener.SILENT,
                Redactor.SHAPES_ONLY));
    watcher.start(runbooks);
  }

  /** An action waits: what is due meanwhile happens when it is done. */
  private void pause(Duration time) {
    timers.setClock(bench.now().plus(time));
  }

  private <T> Optional<T> first(Function<World, Optional<T>> what) {
    return worlds.stream().flatMap(world -> what.apply(world).stream()).findFirst();
  }

  private List<EnabledRunbook> enabled(Language language, Inventory inventory) throws IOException {
    ParamBinder params = new ParamBinder(new Evaluator(), inventory);
    Map<String, String> environment = new HashMap<>();
    worlds.forEach(world -> environment.putAll(world.environment()));
    List<EnabledRunbook> enabled = new ArrayList<>();
    for (SourceFile file : Library.runbooks()) {
      language
          .loader()
          .load(file)
          .value()
          .filter(runbook -> !demo.alone() || demo.by().equals(runbook.id()))
          .ifPresent(
              runbook -> {
                boolean tellsIt = demo.by().equals(runbook.id());
                ParamSources sources =
                    tellsIt
                        ? new ParamSources(texts(runbook), lists(), environment)
                        : new ParamSources(Map.of(), Map.of(), environment);
                ParamBinding binding = params.bind(runbook, sources);
                if (binding instanceof ParamBinding.Bound bound) {
                  enabled.add(new EnabledRunbook(runbook, bound.params()));
                } else if (tellsIt) {
                  throw new IllegalStateException(demo.name() + " cannot be told: " + binding);
                }
              });
    }
    return enabled;
  }

  /** What the story says, and what the worlds say as far as the runbook asks for it. */
  private Map<String, String> texts(CheckedRunbook runbook) {
    Map<String, String> texts = new HashMap<>();
    worlds.forEach(world -> texts.putAll(world.params()));
    texts.keySet().retainAll(runbook.params().keySet());
    demo.params()
        .forEach(
            (name, value) -> {
              if (value instanceof TextValue text) {
                texts.put(name, text.value());
              }
            });
    return texts;
  }

  private Map<String, Value> lists() {
    Map<String, Value> lists = new HashMap<>(demo.params());
    lists.values().removeIf(TextValue.class::isInstance);
    return lists;
  }

  private Optional<RunId> arrived(Signal signal) {
    signals.add(signal);
    return Optional.empty();
  }

  /** Plays the whole story and returns how each incident ended. */
  List<RunReport> tell(Audience audience) throws InterruptedException {
    Instant start = bench.now();
    audience.begins(demo, List.copyOf(worlds));
    List<RunReport> reports = new ArrayList<>();
    for (Demo.Incident incident : demo.incidents()) {
      if (!incident.after().isZero()) {
        audience.passes(incident.after());
        pass(incident.after());
        signals.clear();
      }
      Optional<Signal> delivered = incident.delivered(bench.now());
      Signal signal = delivered.isPresent() ? delivered.get() : await(incident.signal());
      if (bench.route(signal) instanceof Routing.Chosen chosen) {
        reports.add(finish(chosen, signal, incident.approved()));
      }
    }
    audience.ends(Duration.between(start, bench.now()), List.copyOf(worlds));
    return reports;
  }

  private void pass(Duration time) {
    Instant until = bench.now().plus(time);
    while (bench.now().isBefore(until)) {
      timers.advanceTo(bench.now().plus(STEP));
    }
  }

  /**
   * Watches arrive over real connections, so real time is given to them before virtual time goes
   * on.
   */
  private Signal await(String type) throws InterruptedException {
    Instant until = bench.now().plus(PATIENCE);
    while (bench.now().isBefore(until)) {
      timers.settle();
      Signal signal = signals.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
      if (signal == null) {
        timers.advanceTo(bench.now().plus(STEP));
      } else if (signal.type().equals(type) && signal.status() == Signal.Status.FIRING) {
        return signal;
      }
    }
    throw new IllegalStateException("the signal " + type + " was not raised within " + PATIENCE);
  }

  /**
   * @param approved guardrails to whose questions somebody says yes at once
   */
  private RunReport finish(Routing.Chosen chosen, Signal signal, List<String> approved)
      throws InterruptedException {
    long before = changes();
    RunId run = bench.open(chosen, signal);
    CompletableFuture<RunReport> done = bench.driver().done(run).toCompletableFuture();
    timers.settle();
    boolean over = false;
    while (!done.isDone()) {
      boolean answered = false;
      for (String guardrail : approved) {
        answered |= bench.driver().approve(run, guardrail, true, "a human");
      }
      if (answered) {
        timers.settle();
        continue;
      }
      // what clears before anything was done is left to its detector, since pods that crash flap
      if (!over && changes() > before && clears(signal)) {
        over = bench.driver().signalChanged(run, Signal.Status.RESOLVED);
        timers.settle();
      } else if (!timers.advanceToNext()) {
        throw new IllegalStateException("run " + run + " waits for nothing");
      }
    }
    return done.join();
  }

  /** Whether a detector says within a moment of real time that what it has raised is over. */
  private boolean clears(Signal raised) throws InterruptedException {
    for (Signal next = signals.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
        next != null;
        next = signals.poll()) {
      if (next.fingerprint().equals(raised.fingerprint())
          && next.status() == Signal.Status.RESOLVED) {
        return true;
      }
    }
    return false;
  }

  private long changes() {
    return worlds.stream().mapToLong(World::changes).sum();
  }

  @Override
  public void close() throws IOException {
    watcher.close();
    bench.close();
    adapters.forEach(Adapter::close);
    for (World world : worlds.reversed()) {
      world.close();
    }
  }
}
