package io.byteport.cli;

import io.byteport.adapter.kubernetes.KubernetesAdapterProvider;
import io.byteport.adapter.probes.ProbesAdapter;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.source.SourceFile;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.journal.Ticks;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.RunId;
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
import io.byteport.sim.kubernetes.SimulatedCluster;
import io.byteport.sim.kubernetes.api.RecordedRequest;
import io.byteport.sim.kubernetes.scenario.Scenario;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One incident on a simulated cluster, live, with the real engine and adapter, both on one virtual
 * clock. What goes wrong is done by the test: to the cluster, or at an entry of the journal.
 */
final class Incident implements AutoCloseable {
  private final VirtualTimers timers;
  private final SimulatedCluster cluster;
  private final List<Adapter> adapters;
  private final SqlRunStore store;
  private final Workbench bench;
  private final String pod;
  private final StringWriter printed = new StringWriter();
  private Consumer<JournalEntry> interference = entry -> {};

  Incident(String scenario, String runbook, Path folder) throws IOException {
    Scenario world = Scenario.named(scenario);
    SimulatedCluster[] ticking = new SimulatedCluster[1];
    this.timers =
        new VirtualTimers(
            world.startAt(),
            (from, to) -> {
              if (ticking[0] != null) {
                ticking[0].tick();
              }
            });
    this.cluster = SimulatedCluster.start(world, timers.clock());
    ticking[0] = cluster;
    this.pod = api().firstPod("production");
    Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), cluster.kubeconfig());
    Inventory inventory =
        new Inventory(
            List.of(
                Inventory.Entry.of(
                    "cluster", "simulated", Map.of("kubeconfig", kubeconfig.toString()))));
    this.adapters =
        List.of(
            new KubernetesAdapterProvider().create(inventory),
            new ProbesAdapter(
                (endpoint, timeout) -> {
                  if (!cluster.reachable(endpoint.host(), endpoint.port())) {
                    throw new IOException("connection refused");
                  }
                }));
    this.store =
        SqlRunStore.inFolder(
            folder.resolve("state"), Redactor.SHAPES_ONLY, Ticks.of(timers.clock()));
    Language language = Language.load();
    CheckedRunbook checked =
        language.loader().load(new SourceFile("runbook.yaml", runbook)).value().orElseThrow();
    ParamBinding params =
        new ParamBinder(new Evaluator(), inventory).bind(checked, ParamSources.NONE);
    PrintWriter out = new PrintWriter(printed);
    Timeline timeline = new Timeline(new Terminal(out, out, false));
    this.bench =
        new Workbench(
            language,
            List.of(new EnabledRunbook(checked, ((ParamBinding.Bound) params).params())),
            inventory,
            adapters,
            Mode.LIVE,
            store,
            timers,
            (run, entry) -> {
              timeline.print(entry);
              interference.accept(entry);
            });
    cluster.forgetRequests();
  }

  SimulatedCluster cluster() {
    return cluster;
  }

  PlainApi api() {
    return new PlainApi(cluster.url());
  }

  /** The pod that the incident is about. */
  String pod() {
    return pod;
  }

  /** Is called with each entry of the journal, after it was written. */
  void during(Consumer<JournalEntry> doing) {
    interference = doing;
  }

  /** Runs to the end. */
  RunReport run(Map<String, String> labels) {
    Signal signal =
        new Signal(
            "crashloopbackoff",
            "kubernetes",
            Signal.Severity.CRITICAL,
            Signal.Status.FIRING,
            labels,
            bench.now(),
            null,
            "crashloopbackoff" + labels,
            null);
    return switch (bench.route(signal)) {
      case Routing.Chosen chosen -> finish(bench.open(chosen, signal));
      case Routing.Refused refused -> bench.refuse(signal, refused);
      case Routing.Cleared cleared -> throw new IllegalStateException("nothing to do");
    };
  }

  RunReport run() {
    return run(Map.of("namespace", "production", "pod", pod));
  }

  private RunReport finish(RunId run) {
    CompletableFuture<RunReport> done = bench.driver().done(run).toCompletableFuture();
    timers.settle();
    while (!done.isDone()) {
      if (!timers.advanceToNext()) {
        throw new IllegalStateException("run " + run + " waits for nothing");
      }
    }
    return done.join();
  }

  /** The journal of the only run. */
  List<JournalEntry> journal() {
    return store.entries(store.runs(1).getFirst().id());
  }

  /** Requests of the program's that asked the cluster for a change, whatever came of them. */
  List<String> changes() {
    return cluster.changes().stream()
        .filter(request -> !request.method().equals("DELETE"))
        .map(RecordedRequest::path)
        .toList();
  }

  /** The memory limit of the deployment, as the cluster has it. */
  String memoryLimit() {
    return api()
        .get("/apis/apps/v1/namespaces/production/deployments/api")
        .at("/spec/template/spec/containers/0/resources/limits/memory")
        .asString();
  }

  /** What a person has read. */
  String printed() {
    return printed.toString();
  }

  @Override
  public void close() throws IOException {
    bench.close();
    adapters.forEach(Adapter::close);
    cluster.close();
  }
}
