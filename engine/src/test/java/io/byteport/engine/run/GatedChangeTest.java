package io.byteport.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.outbox.Dispatch;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatedChangeTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final RunId RUN = new RunId("run-1");

  @TempDir private Path folder;
  private SqlRunStore store;
  private final VirtualTimers timers = new VirtualTimers(NOON);
  private final World world = new World();
  private final List<String> passed = new ArrayList<>();

  @BeforeEach
  void open() {
    store = SqlRunStore.inFolder(folder, Redactor.SHAPES_ONLY);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_change_has_its_place_before_its_intent_is_on_disk_and_until_it_is_made() {
    Driver driver = driver(RepairCourse::before);
    driver.start(RepairCourse.opened("run-1", "svc/api", NOON));
    timers.settle();

    assertThat(passed)
        .containsExactly(
            "enters test.look: nothing intended",
            "begins test.look: nothing intended",
            "leaves test.look: nothing intended",
            "enters test.restart: nothing intended",
            "begins test.restart: intended",
            "leaves test.restart: made");
  }

  @Test
  void a_change_that_is_not_made_leaves_its_place() {
    world.onPrepare =
        () -> {
          throw World.lost();
        };
    Driver driver = driver(RepairCourse::before);
    driver.start(RepairCourse.opened("run-1", "svc/api", NOON));
    timers.settle();

    assertThat(passed)
        .endsWith("enters test.restart: nothing intended", "leaves test.restart: nothing intended");
  }

  @Test
  void what_became_of_a_change_is_looked_at_in_a_place_of_its_own() {
    world.beforeRestart =
        () -> {
          throw World.lost();
        };
    Driver driver =
        driver(
            ScriptCourse.of(
                events ->
                    switch (events.getLast()) {
                      case Event.Opened opened ->
                          new Command.Change(
                              "restart",
                              "test.restart",
                              RepairCourse.API,
                              RepairCourse.TIMEOUT,
                              List.of());
                      case Event.ChangeFinished finished when !finished.recovered() ->
                          new Command.Resolve(intent(), RepairCourse.TIMEOUT);
                      default -> new Command.Wait(NOON.plusSeconds(60));
                    }));
    driver.start(RepairCourse.opened("run-1", "svc/api", NOON));
    timers.settle();

    assertThat(passed)
        .containsExactly(
            "enters test.restart: nothing intended",
            "begins test.restart: intended",
            "leaves test.restart: made",
            "enters test.restart: made",
            "leaves test.restart: made");
  }

  private Event.ChangeIntended intent() {
    return store.entries(RUN).stream()
        .filter(Event.ChangeIntended.class::isInstance)
        .map(Event.ChangeIntended.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private String journal() {
    List<JournalEntry> entries = store.entries(RUN);
    return entries.stream().anyMatch(Event.ChangeFinished.class::isInstance)
        ? "made"
        : entries.stream().anyMatch(Event.ChangeIntended.class::isInstance)
            ? "intended"
            : "nothing intended";
  }

  private CallGate.Place enter(String action) {
    passed.add("enters " + action + ": " + journal());
    return new CallGate.Place() {
      @Override
      public CallGate.Call begin() {
        passed.add("begins " + action + ": " + journal());
        return failure -> {};
      }

      @Override
      public void close() {
        passed.add("leaves " + action + ": " + journal());
      }
    };
  }

  private Driver driver(Course.Beginning courses) {
    return new Driver(
        new DriverParts(
            store,
            world.registry(),
            courses,
            timers,
            new TestIds("t"),
            Redactor.SHAPES_ONLY,
            signal -> Optional.empty(),
            List.of(),
            Dispatch.toNobody(),
            (action, input) -> enter(action)));
  }
}
