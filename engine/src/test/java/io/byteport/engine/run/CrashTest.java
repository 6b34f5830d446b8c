package io.byteport.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.RunStore;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.journal.StoreException;
import io.byteport.engine.outbox.Told;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run is killed before and after each of its writes, and goes on from its journal. */
class CrashTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final RunId RUN = new RunId("run-1");

  @TempDir Path temp;

  /** The end of the process, as far as the driver can tell. */
  private static final class Kill extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final AtomicInteger intents = new AtomicInteger();
  private final List<String> sent = new ArrayList<>();

  @Test
  @Tag("slow")
  void whereverARunIsKilledItEndsAndMakesItsChangeAtMostOnce() {
    int writes = writesOfAWholeRun();
    assertThat(writes).isGreaterThan(8);
    for (int number = 1; number <= writes; number++) {
      for (boolean written : new boolean[] {false, true}) {
        killAt(number, written, number % 2 == 0);
        if (mattersWhetherRepeatable(number)) {
          killAt(number, written, number % 2 != 0);
        }
      }
    }
  }

  /** Around the reservation; elsewhere an action's word on repeating is not asked for. */
  private static boolean mattersWhetherRepeatable(int number) {
    return number >= 4 && number <= 8;
  }

  private int writesOfAWholeRun() {
    World world = new World();
    try (RunStore store = SqlRunStore.inMemory(Redactor.SHAPES_ONLY)) {
      FaultyStore counting = new FaultyStore(store, (number, what, written) -> {});
      VirtualTimers timers = new VirtualTimers(NOON);
      driver(counting, world, timers).start(RepairCourse.opened("run-1", "svc/api", NOON));
      play(timers);
      assertThat(world.restarts).hasValue(1);
      return counting.writes.size();
    }
  }

  private void killAt(int number, boolean written, boolean repeatable) {
    String where =
        "killed "
            + (written ? "after" : "before")
            + " write "
            + number
            + ", repeatable "
            + repeatable;
    Path folder = temp.resolve(number + "-" + written + "-" + repeatable);
    World world = new World();
    world.repeatable = repeatable;
    sent.clear();
    List<String> lastWrite = new ArrayList<>();
    try (RunStore store = SqlRunStore.inFolder(folder, Redactor.SHAPES_ONLY)) {
      FaultyStore deadly =
          new FaultyStore(
              store,
              (count, what, done) -> {
                if (count == number && done == written) {
                  lastWrite.add(what);
                  throw new Kill();
                }
              });
      VirtualTimers timers = new VirtualTimers(NOON);
      try {
        driver(deadly, world, timers).start(RepairCourse.opened("run-1", "svc/api", NOON));
        play(timers);
      } catch (Kill killed) {
        // as meant
      }
    }
    int restartsBefore = world.restarts.get();
    try (RunStore store = SqlRunStore.inFolder(folder, Redactor.SHAPES_ONLY)) {
      VirtualTimers timers = new VirtualTimers(NOON.plusSeconds(300));
      driver(store, world, timers).recover();
      play(timers);

      assertThat(store.unfinished()).as(where).isEmpty();
      assertThat(store.undelivered()).as(where).isEmpty();
      assertThat(store.outbox().load("all").waiting()).as(where).isZero();
      if (lastWrite.equals(List.of("open")) && !written) {
        assertThat(store.entries(RUN)).as(where).isEmpty();
        return;
      }
      RunReport report = Recovered.report(store.entries(RUN)).orElseThrow();
      assertThat(world.restarts.get()).as(where).isLessThanOrEqualTo(1);
      assertThat(sent).as(where).contains("end " + report.result().word());
      boolean betweenIntentAndChange =
          restartsBefore == 0
              && store.entries(RUN).stream().anyMatch(Event.ChangeIntended.class::isInstance)
              && lastWrite.stream().anyMatch(w -> w.equals("reserve") || w.equals("append"));
      if (report.result() == RunResult.RESOLVED) {
        assertThat(world.restarts).as(where).hasValue(1);
      } else {
        assertThat(betweenIntentAndChange && !repeatable)
            .as(where + ": a human is asked only where the change was never made: " + report)
            .isTrue();
        assertThat(world.restarts).as(where).hasValue(0);
        assertThat(
                store
                    .check(RUN, List.of(RepairCourse.LIMIT), NOON.plusSeconds(301), false)
                    .getFirst()
                    .used())
            .as(where + ": what certainly did not happen is not counted")
            .isZero();
      }
      assertThat(
              store
                  .check(new RunId("x"), List.of(RepairCourse.LOCK), NOON, false)
                  .getFirst()
                  .granted())
          .as(where + ": the lock is free")
          .isTrue();
    }
  }

  @Test
  void whileTheStoreIsAwayNoChangeIsMadeAndTheRunGoesOnWhenItIsBack() {
    for (boolean written : new boolean[] {false, true}) {
      for (int number = 2; number <= writesOfAWholeRun(); number++) {
        String where = "store away " + (written ? "after" : "before") + " write " + number;
        World world = new World();
        int failing = number;
        boolean[] away = {false};
        try (RunStore store = SqlRunStore.inMemory(Redactor.SHAPES_ONLY)) {
          VirtualTimers timers = new VirtualTimers(NOON);
          FaultyStore faulty =
              new FaultyStore(
                  store,
                  (count, what, done) -> {
                    if (count == failing && done == written) {
                      away[0] = true;
                    }
                    if (away[0] && timers.clock().instant().isBefore(NOON.plusSeconds(100))) {
                      throw new StoreException("the disk is full");
                    }
                  });
          Driver driver = driver(faulty, world, timers);
          driver.start(RepairCourse.opened("run-1", "svc/api", NOON));
          timers.settle();
          boolean intended =
              store.entries(RUN).stream().anyMatch(Event.ChangeIntended.class::isInstance);
          assertThat(world.restarts.get() == 0 || intended).as(where).isTrue();
          play(timers);

          assertThat(store.unfinished()).as(where).isEmpty();
          assertThat(world.restarts.get()).as(where).isLessThanOrEqualTo(1);
          RunReport report = Recovered.report(store.entries(RUN)).orElseThrow();
          if (report.result() != RunResult.RESOLVED) {
            assertThat(world.restarts).as(where).hasValue(0);
          }
        }
      }
    }
  }

  @Test
  void anOutcomeThatIsKnownIsNotAskedForWhenItCouldNotBeWritten() {
    World world = new World();
    world.probe = io.byteport.engine.spi.Action.Probe.UNKNOWN;
    try (RunStore store = SqlRunStore.inMemory(Redactor.SHAPES_ONLY)) {
      AtomicInteger failures = new AtomicInteger();
      FaultyStore faulty =
          new FaultyStore(
              store,
              (count, what, done) -> {
                if (what.equals("finish") && !done && failures.getAndIncrement() < 3) {
                  throw new StoreException("the disk is full");
                }
              });
      VirtualTimers timers = new VirtualTimers(NOON);
      driver(faulty, world, timers).start(RepairCourse.opened("run-1", "svc/api", NOON));
      play(timers);

      assertThat(Recovered.report(store.entries(RUN)).orElseThrow().result())
          .isEqualTo(RunResult.RESOLVED);
      assertThat(world.probes).hasValue(0);
      assertThat(world.restarts).hasValue(1);
    }
  }

  private Driver driver(RunStore store, World world, Timers timers) {
    return new Driver(
        new DriverParts(
            store,
            world.registry(),
            RepairCourse::before,
            timers,
            new TestIds("crash" + intents.incrementAndGet()),
            Redactor.SHAPES_ONLY,
            signal -> Optional.empty(),
            List.of(),
            new Told(
                    store.outbox(),
                    timers,
                    Map.of("all", message -> sent.add(message.notice().title())))
                .dispatch()));
  }

  private static void play(VirtualTimers timers) {
    for (int steps = 0; steps < 200 && timers.advanceToNext(); steps++) {}
  }
}
