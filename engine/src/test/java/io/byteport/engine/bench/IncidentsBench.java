package io.byteport.engine.bench;

import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.journal.StoreAddress;
import io.byteport.engine.journal.replica.Replica;
import io.byteport.engine.journal.replica.ReplicaSettings;
import io.byteport.engine.outbox.Dispatch;
import io.byteport.engine.run.Driver;
import io.byteport.engine.run.DriverParts;
import io.byteport.engine.run.RandomIds;
import io.byteport.engine.run.RepairCourse;
import io.byteport.engine.run.SystemTimers;
import io.byteport.engine.run.World;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Incidents a second from their opening to their end, with actions that do nothing. */
public final class IncidentsBench {
  private IncidentsBench() {}

  /**
   * @param args how many incidents a round; {@code embedded}, {@code postgres} (without {@code
   *     fsync}) or {@code postgres-fsync}; how many rounds, 3 where that is not said; and {@code
   *     statements} to list what was asked of PostgreSQL, which takes time of its own
   */
  public static void main(String[] args) throws Exception {
    int count = Integer.parseInt(args[0]);
    boolean embedded = args[1].equals("embedded");
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
    boolean counts = args.length > 3;
    CountingDriver statements = CountingDriver.registered();
    Path folder = Files.createTempDirectory("incidents");
    try (SqlRunStore store =
            embedded
                ? SqlRunStore.inFolder(folder, Redactor.SHAPES_ONLY)
                : shared(args[1].equals("postgres-fsync"), counts);
        Traffic traffic = Traffic.of(store, embedded ? folder : null)) {
      for (int round = 1; round <= rounds; round++) {
        long before = statements.statements.get();
        Traffic.Mark mark = traffic.now();
        Cost cost = round(store, count, round);
        System.out.printf(
            Locale.ROOT,
            "%s, round %d: %.0f incidents/s, %.2f ms of processor time each, %s%s%n",
            args[1],
            round,
            cost.perSecond(count),
            cost.processorMillisEach(count),
            traffic.since(mark, count),
            counts
                ? String.format(
                    Locale.ROOT,
                    ", %.1f statements each",
                    (statements.statements.get() - before) / (double) count)
                : "");
      }
      list(statements, rounds * count);
    }
    System.exit(0);
  }

  private static void list(CountingDriver statements, int count) {
    statements.texts.entrySet().stream()
        .sorted(Comparator.comparingLong(text -> -text.getValue().get()))
        .limit(40)
        .forEach(
            text ->
                System.out.printf(
                    Locale.ROOT,
                    "%6.2f %s%n",
                    text.getValue().get() / (double) count,
                    text.getKey()));
  }

  private static SqlRunStore shared(boolean fsync, boolean counts) throws IOException {
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setServerConfig("max_connections", "100")
            .setServerConfig("fsync", fsync ? "on" : "off")
            .start();
    String url = "jdbc:postgresql://localhost:" + server.getPort() + "/postgres";
    return SqlRunStore.shared(
        new StoreAddress(
            counts ? CountingDriver.counted(url) : url,
            "postgres",
            "postgres",
            16,
            Duration.ofMinutes(5)),
        Redactor.SHAPES_ONLY,
        "bench");
  }

  private static Cost round(SqlRunStore store, int count, int round) throws Exception {
    World world = new World();
    SystemTimers timers = new SystemTimers(InstantSource.system());
    Driver driver =
        new Driver(
            new DriverParts(
                store,
                world.registry(),
                RepairCourse.restingEach(Duration.ZERO),
                timers,
                new RandomIds(),
                Redactor.SHAPES_ONLY,
                signal -> Optional.empty(),
                List.of(),
                Dispatch.toNobody()));
    Cost.Start start = Cost.Start.now();
    try (Replica replica =
            new Replica(store, driver, timers.clock(), ReplicaSettings.DEFAULT, "bench" + round);
        ExecutorService callers = Executors.newFixedThreadPool(8)) {
      replica.start();
      for (int i = 0; i < count; i++) {
        String name = "r" + round + "-" + i;
        callers.execute(
            () -> replica.accept(RepairCourse.opened(name, "svc/" + name, Instant.now())));
      }
      callers.shutdown();
      while (!callers.awaitTermination(50, TimeUnit.MILLISECONDS)
          || !store.unfinished().isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      if (world.restarts.get() != count) {
        System.out.println(count - world.restarts.get() + " changes were looked for, not made");
      }
      return start.end();
    }
  }
}
