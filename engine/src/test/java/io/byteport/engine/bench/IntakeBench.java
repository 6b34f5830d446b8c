package io.byteport.engine.bench;

import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.intake.Deployment;
import io.byteport.engine.intake.Intake;
import io.byteport.engine.intake.Opener;
import io.byteport.engine.intake.OpenerListener;
import io.byteport.engine.intake.Opens;
import io.byteport.engine.intake.SourceRules;
import io.byteport.engine.intake.SourceStates;
import io.byteport.engine.intake.Taken;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.SqlIntake;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.journal.StoreAddress;
import io.byteport.engine.journal.replica.Replica;
import io.byteport.engine.journal.replica.ReplicaSettings;
import io.byteport.engine.outbox.Dispatch;
import io.byteport.engine.run.Driver;
import io.byteport.engine.run.DriverParts;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.Policy;
import io.byteport.engine.run.RandomIds;
import io.byteport.engine.run.RepairCourse;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.SystemTimers;
import io.byteport.engine.run.World;
import io.byteport.engine.signal.EnabledRunbook;
import io.byteport.engine.signal.Router;
import io.byteport.engine.signal.Routing;
import io.byteport.engine.signal.Runbooks;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.source.Alert;
import io.byteport.engine.spi.Inventory;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * Signals a second until they are on disk and told apart, and how long it takes from a signal until
 * its run has looked at something.
 */
public final class IntakeBench {
  private static final int CALLERS = 8;
  private static final String SOURCE = "alertmanager";

  private IntakeBench() {}

  /**
   * @param args how many signals a round; {@code embedded} or {@code postgres} (without {@code
   *     fsync}); and how many rounds
   */
  public static void main(String[] args) throws Exception {
    int count = Integer.parseInt(args[0]);
    int rounds = Integer.parseInt(args[2]);
    try (SqlRunStore store = args[1].equals("embedded") ? embedded() : shared();
        SystemTimers timers = new SystemTimers(InstantSource.system())) {
      SqlIntake tables = SqlIntake.of(store);
      try (SourceStates states = new SourceStates(tables.sources(), timers);
          Intake intake =
              new Intake(
                  tables.alerts(),
                  states,
                  source -> SourceRules.of("alertmanager", SourceRules.Unnamed.RECORD),
                  new Evaluator(),
                  timers,
                  () -> {})) {
        for (int round = 1; round <= rounds; round++) {
          String mark = args[1] + ", round " + round + ", ";
          int incidents = count / 50;
          String name = "r" + round + "-";
          print(mark + "all new, one a request", intake, count / 10, 1, i -> name + "new" + i);
          print(
              mark + "1 incident in 50, one a request, a tenth noise",
              intake,
              count,
              1,
              i -> i % 10 == 0 ? name + "noise" + i : name + "mix" + i * 7 % incidents);
          print(
              mark + "the same, ten a request",
              intake,
              count,
              10,
              i -> i % 10 == 0 ? name + "noise10" + i : name + "mix10" + i * 7 % incidents);
          print(
              mark + "all known, one a request",
              intake,
              count,
              1,
              i -> name + "mix" + i * 7 % incidents);
        }
      }
      System.gc();
      System.out.printf(
          Locale.ROOT,
          "heap in use: %d MiB%n",
          (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
    }
    try (SqlRunStore store = args[1].equals("embedded") ? embedded() : shared()) {
      untilTheFirstLook(args[1], store, 300);
    }
    System.exit(0);
  }

  private static SqlRunStore embedded() throws IOException {
    return SqlRunStore.inFolder(Files.createTempDirectory("intake"), Redactor.SHAPES_ONLY);
  }

  private static SqlRunStore shared() throws IOException {
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setServerConfig("max_connections", "100")
            .setServerConfig("fsync", "off")
            .start();
    return SqlRunStore.shared(
        new StoreAddress(
            "jdbc:postgresql://localhost:" + server.getPort() + "/postgres",
            "postgres",
            "postgres",
            16,
            Duration.ofMinutes(5)),
        Redactor.SHAPES_ONLY,
        "bench");
  }

  private static Alert alert(String fingerprint) {
    return new Alert(
        fingerprint.contains("noise") ? null : "pod_broken",
        "The pod " + fingerprint + " is broken",
        Signal.Severity.HIGH,
        Signal.Status.FIRING,
        Map.of(
            "alertname", "PodBroken",
            "namespace", "production",
            "pod", fingerprint,
            "description", "A container of the pod has restarted 7 times in 10 minutes"),
        Instant.now(),
        "93.5",
        fingerprint,
        "https://alertmanager.example.com/#/alerts");
  }

  private static void print(
      String what, Intake intake, int count, int each, IntFunction<String> names) throws Exception {
    int requests = count / each;
    long[] nanos = new long[requests];
    Cost.Start start = Cost.Start.now();
    Taken all = new Taken(0, 0, 0, 0);
    try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
      List<Future<Taken>> taken = new ArrayList<>();
      for (int caller = 0; caller < CALLERS; caller++) {
        int first = caller;
        taken.add(
            callers.submit(
                () -> {
                  Taken mine = new Taken(0, 0, 0, 0);
                  for (int request = first; request < requests; request += CALLERS) {
                    List<Alert> said = new ArrayList<>(each);
                    for (int i = 0; i < each; i++) {
                      said.add(alert(names.apply(request * each + i)));
                    }
                    long from = System.nanoTime();
                    mine = mine.plus(intake.take(SOURCE, said));
                    nanos[request] = System.nanoTime() - from;
                  }
                  return mine;
                }));
      }
      for (Future<Taken> some : taken) {
        all = all.plus(some.get());
      }
    }
    Cost cost = start.end();
    System.out.printf(
        Locale.ROOT,
        "%s: %.0f signals/s, %.3f ms of processor time each, a request %s, %d begun, %d known%n",
        what,
        cost.perSecond(count),
        cost.processorMillisEach(count),
        percentiles(nanos),
        all.begun(),
        all.repeated());
  }

  private static String percentiles(long[] nanos) {
    Arrays.sort(nanos);
    return String.format(
        Locale.ROOT,
        "p50 %.2f ms, p99 %.2f ms",
        nanos[nanos.length / 2] / 1e6,
        nanos[nanos.length * 99 / 100] / 1e6);
  }

  /**
   * One signal after the other, each a moment after the run of the one before has looked. What is
   * looked at refuses to answer, which takes no time.
   */
  private static void untilTheFirstLook(String what, SqlRunStore store, int count)
      throws Exception {
    World world = new World();
    Semaphore looked = new Semaphore(0);
    SystemTimers timers = new SystemTimers(InstantSource.system());
    Driver driver =
        new Driver(
            new DriverParts(
                store,
                world.registry(),
                RepairCourse.restingEach(Duration.ofHours(1)),
                timers,
                new RandomIds(),
                Redactor.SHAPES_ONLY,
                signal -> Optional.empty(),
                List.of(
                    (run, entry) -> {
                      if (entry instanceof Event.Observed) {
                        looked.release();
                      }
                    }),
                Dispatch.toNobody()));
    SqlIntake tables = SqlIntake.of(store);
    long[] nanos = new long[count];
    try (Replica replica =
            new Replica(store, driver, timers.clock(), ReplicaSettings.DEFAULT, "bench");
        Opener opener =
            new Opener(
                tables.due(),
                store,
                timers,
                new Pods(),
                new Carrier(replica),
                OpenerListener.NONE);
        SourceStates states = new SourceStates(tables.sources(), timers);
        Intake intake =
            new Intake(
                tables.alerts(),
                states,
                source -> SourceRules.of("alertmanager", SourceRules.Unnamed.RECORD),
                new Evaluator(),
                timers,
                opener::wake)) {
      replica.start();
      opener.start();
      for (int i = 0; i < count; i++) {
        TimeUnit.MILLISECONDS.sleep(20);
        long from = System.nanoTime();
        intake.take(SOURCE, List.of(alert("look" + i)));
        if (!looked.tryAcquire(60, TimeUnit.SECONDS)) {
          throw new IllegalStateException("nobody looked");
        }
        nanos[i] = System.nanoTime() - from;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%s, from a signal to the first look of its run: first half %s, second half %s%n",
        what,
        percentiles(Arrays.copyOf(nanos, count / 2)),
        percentiles(Arrays.copyOfRange(nanos, count / 2, count)));
  }

  private record Carrier(Replica replica) implements Opens {
    @Override
    public RunId open(Event.Opened opened) {
      return replica.accept(opened);
    }

    @Override
    public void ended(RunId run) {}
  }

  private static final class Pods implements Deployment {
    private final Router router = new Router(Runbooks.EVALUATOR, Inventory.EMPTY);
    private final List<EnabledRunbook> runbooks =
        List.of(
            Runbooks.enabled(
                "pods",
                """
                detectors:
                  pod_broken: { doc: A pod is broken }
                inputs:
                  namespace: { type: string, required: true }
                  pod: { type: string, required: true }
                target:
                  type: pod
                  namespace: ${inputs.namespace}
                  name: ${inputs.pod}
                """));

    @Override
    public Router router() {
      return router;
    }

    @Override
    public Collection<EnabledRunbook> runbooks() {
      return runbooks;
    }

    @Override
    public Mode mode() {
      return Mode.LIVE;
    }

    @Override
    public Policy policy(Routing.Chosen chosen, Signal signal) {
      return Policy.ACT;
    }
  }
}
