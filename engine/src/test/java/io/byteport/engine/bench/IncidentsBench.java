package io.byteport.engine.bench;

import io.byteport.engine.journal.Postgres;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.journal.StoreAddress;
import io.byteport.engine.journal.replica.Replica;
import io.byteport.engine.journal.replica.ReplicaSettings;
import io.byteport.engine.run.Driver;
import io.byteport.engine.run.DriverParts;
import io.byteport.engine.run.RandomIds;
import io.byteport.engine.run.RepairCourse;
import io.byteport.engine.run.SystemTimers;
import io.byteport.engine.run.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Incidents a second from their opening to their end, with actions that do nothing. */
public final class IncidentsBench {
  private IncidentsBench() {}

  /**
   * @param args how many incidents, {@code embedded} or {@code postgres}, and {@code statements} to
   *     list what was asked of PostgreSQL
   */
  public static void main(String[] args) throws Exception {
    int count = Integer.parseInt(args[0]);
    boolean embedded = args[1].equals("embedded");
    CountingDriver traffic = CountingDriver.registered();
    Path folder = Files.createTempDirectory("incidents");
    try (SqlRunStore store = embedded ? inFolder(folder) : shared()) {
      for (int round = 1; round <= 3; round++) {
        long statements = traffic.statements.get();
        long ends = traffic.ends.get();
        Cost cost = round(store, count, round);
        System.out.printf(
            "%s, round %d: %.0f incidents/s, %.2f ms of processor time each%s%n",
            args[1],
            round,
            cost.perSecond(count),
            cost.processorMillisEach(count),
            embedded
                ? ""
                : ", %.1f statements and %.1f commits or rollbacks each"
                    .formatted(
                        (traffic.statements.get() - statements) / (double) count,
                        (traffic.ends.get() - ends) / (double) count));
      }
      if (args.length > 2) {
        traffic.texts.entrySet().stream()
            .sorted(Comparator.comparingLong(text -> -text.getValue().get()))
            .limit(40)
            .forEach(
                text ->
                    System.out.printf(
                        "%6.2f %s%n", text.getValue().get() / (3.0 * count), text.getKey()));
      }
    }
    System.exit(0);
  }

  private static SqlRunStore inFolder(Path folder) {
    return SqlRunStore.inFolder(folder, Redactor.SHAPES_ONLY);
  }

  private static SqlRunStore shared() {
    StoreAddress address = Postgres.freshDatabase();
    return SqlRunStore.shared(
        new StoreAddress(
            CountingDriver.counted(address.jdbcUrl()),
            address.user(),
            address.password(),
            16,
            address.lease()),
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
                List.of()));
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
