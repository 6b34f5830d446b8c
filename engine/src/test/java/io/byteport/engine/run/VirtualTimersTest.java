package io.byteport.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualTimersTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private final List<String> told = new ArrayList<>();
  private final VirtualTimers timers =
      new VirtualTimers(
          NOON, (from, to) -> told.add("passed " + Duration.between(from, to).toSeconds()));

  @Test
  void nothingHappensBeforeItIsAskedFor() {
    timers.execute(() -> told.add("work"));
    assertThat(told).isEmpty();

    timers.settle();

    assertThat(told).containsExactly("work");
  }

  @Test
  void thingsHappenInTheOrderOfTheirTimesAndThenOfTheirAsking() {
    timers.at(NOON.plusSeconds(20), () -> told.add("c"));
    timers.at(NOON.plusSeconds(10), () -> told.add("a"));
    timers.at(NOON.plusSeconds(10), () -> timers.execute(() -> told.add("b")));
    timers.at(NOON.plusSeconds(30), () -> told.add("d"));

    timers.advanceTo(NOON.plusSeconds(25));

    assertThat(told).containsExactly("passed 10", "a", "b", "passed 10", "c", "passed 5");
    assertThat(timers.clock().instant()).isEqualTo(NOON.plusSeconds(25));
    assertThat(timers.next()).contains(NOON.plusSeconds(30));
  }

  @Test
  void whatIsCancelledDoesNotHappen() {
    timers.at(NOON.plusSeconds(10), () -> told.add("a")).cancel();
    Timers.Timer now = timers.at(NOON, () -> told.add("b"));
    now.cancel();

    assertThat(timers.advanceToNext()).isFalse();
    assertThat(told).isEmpty();
  }

  @Test
  void aWorldThatPlaysAlongMayAskForMore() {
    VirtualTimers[] world = new VirtualTimers[1];
    world[0] =
        new VirtualTimers(
            NOON,
            (from, to) -> {
              if (told.isEmpty()) {
                world[0].at(to.plusSeconds(1), () -> told.add("follows"));
                told.add("first");
              }
            });
    world[0].at(NOON.plusSeconds(5), () -> told.add("due"));

    while (world[0].advanceToNext()) {}

    assertThat(told).containsExactly("first", "due", "follows");
  }

  @Test
  void closedTimersForget() {
    timers.execute(() -> told.add("a"));
    timers.at(NOON.plusSeconds(1), () -> told.add("b"));
    timers.close();
    timers.execute(() -> told.add("c"));

    assertThat(timers.advanceToNext()).isFalse();
    assertThat(told).isEmpty();
  }
}
