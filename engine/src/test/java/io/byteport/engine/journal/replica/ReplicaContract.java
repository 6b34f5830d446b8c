package io.byteport.engine.journal.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.RunSummary;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.outbox.Dispatch;
import io.byteport.engine.run.Driver;
import io.byteport.engine.run.DriverParts;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.RandomIds;
import io.byteport.engine.run.RepairCourse;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.SystemTimers;
import io.byteport.engine.run.World;
import io.byteport.engine.signal.Signal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What replicas promise on every store. Time is real here, and short. */
abstract class ReplicaContract {
  static final ReplicaSettings QUICK =
      new ReplicaSettings(
          8,
          Duration.ofMillis(50),
          Duration.ofMillis(100),
          Duration.ofMillis(200),
          Duration.ofMillis(500),
          Duration.ZERO);

  final World world = new World();
  final List<AutoCloseable> opened = new ArrayList<>();

  abstract SqlRunStore store(String replica);

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : opened.reversed()) {
      one.close();
    }
  }

  /** A replica on a store, whose runs wait so long after their change. */
  Replica replica(SqlRunStore store, String name, Duration rest) {
    return replica(store, name, rest, QUICK);
  }

  private Replica replica(SqlRunStore store, String name, Duration rest, ReplicaSettings settings) {
    SystemTimers timers = new SystemTimers(InstantSource.system());
    Driver driver =
        new Driver(
            new DriverParts(
                store,
                world.registry(),
                RepairCourse.resting(rest),
                timers,
                new RandomIds(),
                Redactor.SHAPES_ONLY,
                signal -> Optional.empty(),
                List.of(),
                Dispatch.toNobody()));
    Replica replica = new Replica(store, driver, timers.clock(), settings, name);
    opened.add(timers);
    opened.add(replica);
    replica.start();
    return replica;
  }

  @Test
  void runs_that_nobody_needs_are_forgotten_after_their_time() {
    SqlRunStore store = store("keeper");
    RunId old = new RunId("old");
    store.open(RepairCourse.opened("old", "svc/old", Instant.now().minusSeconds(60)));
    store.claim(old);
    store.close(old, List.of());
    store.delivered(old);
    Replica replica =
        replica(
            store,
            "keeper",
            Duration.ZERO,
            new ReplicaSettings(
                8,
                Duration.ofMillis(50),
                Duration.ofMillis(100),
                Duration.ofMillis(200),
                Duration.ofMillis(200),
                Duration.ofMillis(1)));

    await("the old run is forgotten", () -> store.run(old).isEmpty());
    assertThat(replica.tell(old, new Event.TimeReached(Instant.now(), Instant.now()))).isFalse();
  }

  static Event.Opened incident(String name) {
    return RepairCourse.opened(name, "svc/" + name, Instant.now());
  }

  static void await(String what, BooleanSupplier holds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  static String result(SqlRunStore store, RunId run) {
    return store.run(run).map(RunSummary::result).orElse("");
  }

  static boolean has(SqlRunStore store, RunId run, Class<? extends JournalEntry> kind) {
    return store.entries(run).stream().anyMatch(kind::isInstance);
  }

  @Test
  void a_run_is_carried_to_its_end_through_waits_that_nobody_holds() {
    SqlRunStore store = store("one");
    Replica replica = replica(store, "one", Duration.ofSeconds(1));

    RunId run = replica.accept(incident("a"));

    await("the run ends", () -> "resolved".equals(result(store, run)));
    assertThat(world.restarts).hasValue(1);
    assertThat(has(store, run, Event.TimeReached.class)).isTrue();
  }

  @Test
  void a_second_signal_about_the_same_target_joins_the_open_run() {
    SqlRunStore store = store("one");
    Replica replica = replica(store, "one", Duration.ofMinutes(1));

    RunId run = replica.accept(incident("a"));
    RunId again = replica.accept(RepairCourse.opened("b", "svc/a", Instant.now()));

    assertThat(again).isEqualTo(run);
    assertThat(store.runs(9)).hasSize(1);
  }

  @Test
  void a_run_that_waits_is_woken_by_what_it_is_told() {
    SqlRunStore store = store("one");
    Replica replica = replica(store, "one", Duration.ofMinutes(10));
    RunId run = replica.accept(incident("a"));
    await("it waits", () -> has(store, run, Event.SettleChecked.class));

    assertThat(replica.tell(run, new Event.SignalChanged(Instant.now(), Signal.Status.RESOLVED)))
        .isTrue();

    await("it has heard", () -> has(store, run, Event.SignalChanged.class));
    assertThat(store.inbox(run)).isEmpty();
    assertThat(
            replica.tell(new RunId("nobody"), new Event.TimeReached(Instant.now(), Instant.now())))
        .isFalse();
  }

  @Test
  void a_run_that_waits_is_woken_by_a_letter_of_whoever_writes_to_the_store() {
    SqlRunStore store = store("one");
    Replica replica = replica(store, "one", Duration.ofMinutes(10));
    RunId run = replica.accept(incident("a"));
    await("it waits", () -> has(store, run, Event.SettleChecked.class));

    assertThat(store.post(run, new Event.SignalChanged(Instant.now(), Signal.Status.RESOLVED)))
        .isTrue();

    await("it has heard", () -> has(store, run, Event.SignalChanged.class));
    assertThat(store.inbox(run)).isEmpty();
  }

  @Test
  void runs_that_a_closed_replica_left_go_on_at_the_next_start() throws Exception {
    SqlRunStore store = store("one");
    RunId run;
    try (Replica first = replica(store, "one", Duration.ofMinutes(10))) {
      run = first.accept(incident("a"));
      await("it waits", () -> has(store, run, Event.SettleChecked.class));
    }
    assertThat(result(store, run)).isEmpty();
    assertThat(store.post(run, new Event.SignalChanged(Instant.now(), Signal.Status.RESOLVED)))
        .isTrue();

    replica(store, "two", Duration.ZERO);

    await("the run ends", () -> "resolved".equals(result(store, run)));
    assertThat(world.restarts).hasValue(1);
  }

  @Test
  void a_run_that_was_opened_and_never_scheduled_is_found() {
    SqlRunStore store = store("one");
    assertThat(store.open(incident("lost"))).isEmpty();

    replica(store, "one", Duration.ofMillis(10));

    await("the run ends", () -> "resolved".equals(result(store, new RunId("lost"))));
  }
}
