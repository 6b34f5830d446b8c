package io.byteport.cli;

import io.byteport.adapter.kubernetes.KubernetesAdapterProvider;
import io.byteport.adapter.probes.ProbesAdapter;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.RunStore;
import io.byteport.engine.journal.RunSummary;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.journal.Ticks;
import io.byteport.engine.run.Mode;
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
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process that carries an incident of a simulated cluster on, which is in another process and
 * whose clock this one moves. It kills itself where it is told to.
 */
public final class KilledStory {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String RUNBOOK = "crashloopbackoff_v2";
  private static final Set<String> WRITES =
      Set.of("open", "append", "check", "reserve", "finish", "close", "delivered");

  private final URI clock;
  private final String point;
  private final AtomicInteger writes = new AtomicInteger();

  private KilledStory(URI clock, String point) {
    this.clock = clock;
    this.point = point;
  }

  /**
   * {@code begin POINT SIGNAL POD CLOCK FOLDER}, or {@code go-on CLOCK FOLDER...} with any number
   * of pairs. A point is {@code write:N} or {@code written:N}. Prints a line for each folder:
   * {@code verdict FOLDER RESULT WRITES}.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args[0].equals("begin")) {
      Signal signal =
          new Signal(
              args[2],
              "kubernetes",
              Signal.Severity.CRITICAL,
              Signal.Status.FIRING,
              Map.of("namespace", "production", "pod", args[3]),
              Instant.parse(ask(URI.create(args[4] + "/now"))),
              null,
              args[2],
              null);
      new KilledStory(URI.create(args[4]), args[1]).carry(Path.of(args[5]), signal);
    } else {
      for (int i = 1; i < args.length; i += 2) {
        new KilledStory(URI.create(args[i]), "").carry(Path.of(args[i + 1]), null);
      }
    }
    Runtime.getRuntime().halt(0);
  }

  static String ask(URI uri) throws IOException, InterruptedException {
    return HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private String reach(String path) {
    try {
      return ask(clock.resolve(path));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void carry(Path folder, @org.jspecify.annotations.Nullable Signal signal)
      throws IOException {
    VirtualTimers timers =
        new VirtualTimers(Instant.parse(reach("/now")), (from, to) -> reach("/to/" + to));
    Inventory inventory =
        new Inventory(
            List.of(
                Inventory.Entry.of(
                    "cluster",
                    "simulated",
                    Map.of("kubeconfig", folder.resolve("kubeconfig").toString()))));
    List<Adapter> adapters =
        List.of(
            new KubernetesAdapterProvider().create(inventory),
            new ProbesAdapter(
                (endpoint, timeout) -> {
                  if (!Boolean.parseBoolean(
                      reach("/reachable/" + endpoint.host() + "/" + endpoint.port()))) {
                    throw new IOException("connection refused");
                  }
                }));
    Language language = Language.load();
    EnabledRunbook enabled =
        new ParamBinder(new Evaluator(), inventory).bind(language.find(RUNBOOK), ParamSources.NONE)
                instanceof ParamBinding.Bound bound
            ? new EnabledRunbook(language.find(RUNBOOK), bound.params())
            : null;
    SqlRunStore real =
        SqlRunStore.inFolder(
            folder.resolve("state"), Redactor.SHAPES_ONLY, Ticks.of(timers.clock()));
    try (Workbench bench =
        new Workbench(
            language,
            enabled == null ? List.of() : List.of(enabled),
            inventory,
            adapters,
            Mode.LIVE,
            deadly(real),
            timers,
            (run, entry) -> {})) {
      if (signal == null) {
        bench.driver().recover();
      } else if (bench.route(signal) instanceof Routing.Chosen chosen) {
        bench.open(chosen, signal);
      }
      timers.settle();
      while (!(real.unfinished().isEmpty() && real.undelivered().isEmpty())
          && timers.advanceToNext()) {
        timers.settle();
      }
      String result = real.runs(1).stream().map(RunSummary::result).findFirst().orElse("never");
      boolean over = real.unfinished().isEmpty() && real.undelivered().isEmpty();
      System.out.println(
          "verdict " + folder.getFileName() + " " + (over ? result : "unfinished") + " " + writes);
    }
    adapters.forEach(Adapter::close);
  }

  private RunStore deadly(RunStore store) {
    return (RunStore)
        Proxy.newProxyInstance(
            KilledStory.class.getClassLoader(),
            new Class<?>[] {RunStore.class},
            (proxy, method, arguments) -> {
              boolean counts =
                  WRITES.contains(method.getName()) && arguments != null && arguments.length > 0;
              int number = counts ? writes.incrementAndGet() : 0;
              if (counts && point.equals("write:" + number)) {
                die();
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              } finally {
                if (counts && point.equals("written:" + number)) {
                  die();
                }
              }
            });
  }

  private static void die() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid())).start();
    TimeUnit.SECONDS.sleep(10);
  }
}
