package io.byteport.engine.bench;

import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.journal.replica.Replica;
import io.byteport.engine.journal.replica.ReplicaSettings;
import io.byteport.engine.outbox.Dispatch;
import io.byteport.engine.run.Driver;
import io.byteport.engine.run.DriverParts;
import io.byteport.engine.run.RandomIds;
import io.byteport.engine.run.RepairCourse;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.SystemTimers;
import io.byteport.engine.run.World;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * What incidents cost that were acted on and now wait for their verification: memory and threads
 * while they wait, and the time from opening the state until everything that is open is known, as
 * after a crash. The state is in a folder.
 */
public final class WaitingBench {
  private WaitingBench() {}

  /**
   * @param args how many incidents
   */
  public static void main(String[] args) throws Exception {
    int count = Integer.parseInt(args[0]);
    Path folder = Files.createTempDirectory("waiting");
    try (SqlRunStore store = SqlRunStore.inFolder(folder, Redactor.SHAPES_ONLY)) {
      World world = new World();
      try (SystemTimers timers = new SystemTimers(InstantSource.system());
          Replica replica = replica(store, world, timers)) {
        replica.start();
        act(replica, world, count);
        System.gc();
        System.out.printf(
            "%d wait: %d MiB of heap, %d threads%n",
            count,
            ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20,
            ManagementFactory.getThreadMXBean().getThreadCount());
      }
    }
    Cost.Start start = Cost.Start.now();
    try (SqlRunStore store = SqlRunStore.inFolder(folder, Redactor.SHAPES_ONLY);
        SystemTimers timers = new SystemTimers(InstantSource.system());
        Replica replica = replica(store, new World(), timers)) {
      replica.start();
      int open = store.unfinished().size();
      replica.accept(RepairCourse.opened("after", "svc/after", Instant.now()));
      while (store.entries(new RunId("after")).size() < 2) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      Cost cost = start.end();
      System.out.printf(
          "%d open: %d ms until a new incident is worked on, %d ms of processor time%n",
          open, cost.wall().toMillis(), cost.processor().toMillis());
    }
    System.exit(0);
  }

  private static Replica replica(SqlRunStore store, World world, SystemTimers timers) {
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
                List.of(),
                Dispatch.toNobody()));
    return new Replica(store, driver, timers.clock(), ReplicaSettings.DEFAULT, "bench");
  }

  /** Opens incidents and lets each act, until all of them wait. */
  private static void act(Replica replica, World world, int count) throws InterruptedException {
    try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < count; i++) {
        String name = "wait-" + i;
        callers.execute(
            () -> replica.accept(RepairCourse.opened(name, "svc/" + name, Instant.now())));
      }
    }
    while (world.restarts.get() < count) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    TimeUnit.SECONDS.sleep(2); // the last ones write down that they wait
  }
}
