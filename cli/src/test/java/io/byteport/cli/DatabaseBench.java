package io.byteport.cli;

import io.byteport.adapter.kubernetes.KubernetesAdapterProvider;
import io.byteport.adapter.sql.SqlAdapter;
import io.byteport.adapter.sql.connect.Pause;
import io.byteport.dsl.source.SourceFile;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.journal.Ticks;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.VirtualTimers;
import io.byteport.engine.signal.EnabledRunbook;
import io.byteport.engine.signal.ParamBinder;
import io.byteport.engine.signal.ParamBinding;
import io.byteport.engine.signal.ParamSources;
import io.byteport.engine.signal.Routing;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.spi.Adapter;
import io.byteport.engine.spi.Inventory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The engine with one runbook of the library, on databases that are real and a clock that is not:
 * whatever a runbook waits for takes as long as the databases need.
 */
final class DatabaseBench implements AutoCloseable {
  private final Path folder;
  private final String runbook;
  private final Map<String, String> params;
  private final Inventory inventory;
  private final VirtualTimers.Passage passage;
  private final List<Adapter> adapters = new ArrayList<>();
  private VirtualTimers timers;
  private Workbench bench;

  /**
   * @param passage what happens meanwhile when time passes
   */
  DatabaseBench(
      Path folder,
      String runbook,
      Map<String, String> params,
      Inventory inventory,
      VirtualTimers.Passage passage)
      throws IOException {
    this.folder = folder;
    this.runbook = runbook;
    this.params = params;
    this.inventory = inventory;
    this.passage = passage;
    this.timers = new VirtualTimers(Instant.parse("2026-11-21T03:00:00Z"), passage);
    this.bench = begin();
  }

  private Workbench begin() throws IOException {
    adapters.add(new SqlAdapter(inventory, Pause.real()));
    adapters.add(new KubernetesAdapterProvider().create(Inventory.EMPTY));
    Language language = Language.load();
    return new Workbench(
        language,
        List.of(enabled(language)),
        inventory,
        adapters,
        Mode.LIVE,
        SqlRunStore.inFolder(folder, Redactor.SHAPES_ONLY, Ticks.of(timers.clock())),
        timers,
        (run, entry) -> {});
  }

  private EnabledRunbook enabled(Language language) throws IOException {
    for (SourceFile file : Library.runbooks()) {
      var loaded = language.loader().load(file).value().filter(found -> found.id().equals(runbook));
      if (loaded.isPresent()) {
        ParamBinding binding =
            new ParamBinder(new Evaluator(), inventory)
                .bind(loaded.get(), new ParamSources(params, Map.of(), Map.of()));
        if (binding instanceof ParamBinding.Bound bound) {
          return new EnabledRunbook(loaded.get(), bound.params());
        }
        throw new IllegalArgumentException(binding.toString());
      }
    }
    throw new IllegalArgumentException("no runbook " + runbook);
  }

  /** What comes of a signal. */
  RunReport incident(String type, Map<String, String> labels) throws Exception {
    Signal signal =
        new Signal(
            type,
            "test",
            Signal.Severity.CRITICAL,
            Signal.Status.FIRING,
            labels,
            bench.now(),
            null,
            type + bench.now(),
            null);
    if (!(bench.route(signal) instanceof Routing.Chosen chosen)) {
      throw new IllegalStateException("nobody takes " + signal);
    }
    CompletableFuture<RunReport> done =
        bench.driver().done(bench.open(chosen, signal)).toCompletableFuture();
    timers.settle();
    while (!done.isDone() && timers.advanceToNext()) {
      timers.settle();
    }
    return done.get(60, TimeUnit.SECONDS);
  }

  Instant now() {
    return bench.now();
  }

  void pass(Duration time) {
    timers.advanceTo(bench.now().plus(time));
  }

  /** Ends the engine and begins it anew with the journal that the first one has left. */
  void restart() throws IOException {
    Instant now = bench.now();
    close();
    timers = new VirtualTimers(now, passage);
    bench = begin();
  }

  @Override
  public void close() {
    bench.close();
    adapters.forEach(Adapter::close);
    adapters.clear();
  }
}
