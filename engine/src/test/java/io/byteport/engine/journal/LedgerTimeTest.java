package io.byteport.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LedgerTimeTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private final AtomicLong nanos = new AtomicLong();

  private LedgerTime time(String boot) {
    return new LedgerTime(new Ticks(nanos::get, boot), LedgerTime.UNNOTICED);
  }

  private LedgerTime.Mark mark(Instant at, String boot) {
    return new LedgerTime.Mark(at, boot, nanos.get());
  }

  private void pass(Duration passed) {
    nanos.addAndGet(passed.toNanos());
  }

  @Test
  void it_is_what_the_clock_shows_as_long_as_nobody_sets_that() {
    LedgerTime time = time("a");
    assertThat(time.at(NOON)).isEqualTo(NOON);
    pass(HOUR);

    assertThat(time.at(NOON.plus(HOUR).plusMillis(900))).isEqualTo(NOON.plus(HOUR).plusMillis(900));
  }

  @Test
  void a_clock_that_is_set_moves_it_neither_way() {
    LedgerTime time = time("a");
    assertThat(time.at(NOON)).isEqualTo(NOON);
    pass(Duration.ofSeconds(5));

    assertThat(time.at(NOON.plus(HOUR))).isEqualTo(NOON.plusSeconds(5));
    assertThat(time.at(NOON.minus(HOUR))).isEqualTo(NOON.plusSeconds(5));
  }

  @Test
  void many_small_steps_of_a_clock_do_not_add_up() {
    LedgerTime time = time("a");
    Instant clock = NOON;
    for (int step = 0; step < 100; step++) {
      assertThat(time.at(clock)).isBetween(NOON, NOON.plusSeconds(1));
      clock = clock.plusMillis(900);
    }
  }

  @Test
  void after_a_restart_on_the_same_machine_it_has_gone_on_as_the_machine_has() {
    LedgerTime.Mark left = mark(NOON, "a");
    pass(Duration.ofSeconds(30));
    LedgerTime time = time("a");
    time.begin(left, false, NOON.plus(HOUR));

    assertThat(time.at(NOON.plus(HOUR))).isEqualTo(NOON.plusSeconds(30));
  }

  @Test
  void where_nobody_saw_how_long_no_process_ran_the_clock_is_believed_but_never_backwards() {
    LedgerTime forward = time("b");
    forward.begin(mark(NOON, "a"), false, NOON.plus(HOUR));
    LedgerTime back = time("b");
    back.begin(mark(NOON, "a"), false, NOON.minus(HOUR));

    assertThat(forward.at(NOON.plus(HOUR))).isEqualTo(NOON.plus(HOUR));
    assertThat(back.at(NOON.minus(HOUR))).isEqualTo(NOON);
  }

  @Test
  void a_process_that_joins_others_believes_them_and_not_the_clock() {
    LedgerTime time = time("b");
    time.begin(mark(NOON, "a"), true, NOON.plus(HOUR));
    assertThat(time.at(NOON.plus(HOUR))).isEqualTo(NOON);
    time.heard(NOON.plusSeconds(3));

    assertThat(time.at(NOON.plus(HOUR))).isEqualTo(NOON.plusSeconds(3));
    time.heard(NOON);
    assertThat(time.at(NOON.plus(HOUR))).isEqualTo(NOON.plusSeconds(3));
  }

  @Test
  void ticks_that_count_since_another_start_of_the_machine_are_not_compared() {
    nanos.set(Duration.ofDays(9).toNanos());
    LedgerTime.Mark left = mark(NOON, "a");
    nanos.set(0);
    LedgerTime time = time("a");
    time.begin(left, false, NOON.plusSeconds(60));

    assertThat(time.at(NOON.plusSeconds(60))).isEqualTo(NOON.plusSeconds(60));
  }
}
