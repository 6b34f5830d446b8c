package io.byteport.engine.intake;

import static io.byteport.engine.intake.Rig.SOURCE;
import static io.byteport.engine.intake.Rig.firing;
import static io.byteport.engine.intake.Rig.resolved;
import static io.byteport.engine.signal.Runbooks.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.engine.intake.Outcome.Kind;
import io.byteport.engine.journal.FencedException;
import io.byteport.engine.journal.Postgres;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.journal.StoreAddress;
import io.byteport.engine.run.VirtualTimers;
import io.byteport.engine.source.Polled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What two processes promise that take alerts of the same sources. */
final class SharedIntakeTest {
  private final StoreAddress address = Postgres.freshDatabase();
  private final SqlRunStore store = Postgres.trusting(address, "first");
  private final SqlRunStore otherStore = Postgres.trusting(address, "second");
  private final VirtualTimers timers = new VirtualTimers(NOON);
  private final Rig one = new Rig(store, timers, 100, same -> same);
  private final Rig other = new Rig(otherStore, timers, 100, same -> same);

  @AfterEach
  void close() {
    store.close();
    otherStore.close();
  }

  @Test
  void an_alert_that_both_hear_is_one_incident() {
    assertThat(one.take(firing("a"))).isEqualTo(new Taken(1, 0, 0, 0));
    assertThat(other.take(firing("a"))).isEqualTo(new Taken(0, 1, 0, 0));
    assertThat(other.take(firing("a"))).isEqualTo(new Taken(0, 1, 0, 0));
    timers.settle();
    assertThat(one.runs()).hasSize(1);
    other.intake.flush();
    assertThat(one.episodes("a")).extracting(Episode::heard).containsExactly(3L);
  }

  @Test
  void an_end_that_the_other_hears_is_known_here() {
    one.take(firing("a"));
    timers.settle();
    assertThat(one.take(firing("a"))).isEqualTo(new Taken(0, 1, 0, 0));
    assertThat(other.take(resolved("a"))).isEqualTo(new Taken(0, 0, 1, 0));
    assertThat(one.take(firing("a"))).isEqualTo(new Taken(1, 0, 0, 0));
  }

  @Test
  void what_is_due_is_seen_to_by_one_and_by_the_other_when_that_one_is_gone() {
    one.take(firing("a"));
    List<DueAlerts.Due> mine = one.kept.due().claim(9, NOON, NOON.plusSeconds(600));
    assertThat(mine).hasSize(1);
    assertThat(other.kept.due().claim(9, NOON, NOON.plusSeconds(600))).isEmpty();

    Postgres.endLease(address, "first");
    other.opener.start();
    other.settle();

    assertThat(other.runs()).hasSize(1);
    Outcome late = new Openings(store, timers.clock(), one, one).of(mine.getFirst());
    assertThat(late).isEqualTo(new Outcome(Kind.OPENED, mine.getFirst().run(), null));
    assertThat(one.kept.due().became(mine.getFirst().id(), late, NOON)).isTrue();
    assertThat(other.runs()).hasSize(1);
  }

  @Test
  void a_source_is_polled_by_one_and_by_the_other_when_that_one_is_gone() {
    List<String> asked = new ArrayList<>();
    Pollers mine = pollers(one, asked, "first");
    Pollers theirs = pollers(other, asked, "second");
    timers.advanceTo(NOON.plusSeconds(35));
    assertThat(asked).containsExactly("first", "first", "first", "first");

    Postgres.endLease(address, "first");
    timers.advanceTo(NOON.plusSeconds(46));
    assertThat(asked.subList(4, asked.size())).contains("second");
    int before = asked.size();
    timers.advanceTo(NOON.plusSeconds(66));
    assertThat(new HashSet<>(asked.subList(before, asked.size())))
        .as("the one that is back finds that another polls")
        .isEqualTo(Set.of("second"));
    theirs.close();
    mine.close();
  }

  private static Pollers pollers(Rig rig, List<String> asked, String name) {
    Pollers pollers = new Pollers(rig.intake, rig.states, rig.timers, PollerListener.NONE);
    pollers.poll(
        List.of(
            new Polling(
                SOURCE,
                cursor -> {
                  asked.add(name);
                  return Polled.everything(List.of(firing("a")));
                },
                Duration.ofSeconds(10))));
    return pollers;
  }

  @Test
  void a_source_that_is_given_up_is_polled_by_the_other() {
    List<String> asked = new ArrayList<>();
    Pollers mine = pollers(one, asked, "first");
    timers.settle();
    mine.close();
    Pollers theirs = pollers(other, asked, "second");
    timers.settle();
    assertThat(asked).containsExactly("first", "second");
    theirs.close();
  }

  @Test
  void nothing_is_taken_of_an_answer_that_came_after_another_had_taken_over() {
    assertThat(one.kept.sources().lead(SOURCE)).isTrue();
    Postgres.endLease(address, "first");
    assertThat(other.kept.sources().lead(SOURCE)).isTrue();
    other.intake.take(SOURCE, Polled.since(List.of(firing("a")), "9"), NOON);

    Polled late = Polled.since(List.of(firing("b")), "5");
    assertThatThrownBy(() -> one.intake.take(SOURCE, late, NOON))
        .isInstanceOf(FencedException.class)
        .hasMessageContaining("another process polls");

    assertThat(one.states.of(SOURCE).cursor()).isEqualTo("9");
    assertThat(one.episodes("b")).isEmpty();
  }

  @Test
  void alerts_that_both_take_at_the_same_time_begin_once() throws Exception {
    List<Future<Taken>> taken = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 80; i++) {
        Rig rig = i % 2 == 0 ? one : other;
        String pod = "pod-" + i / 2 % 10;
        taken.add(pool.submit(() -> rig.take(firing(pod))));
      }
    }
    Taken all = Taken.NOTHING;
    for (Future<Taken> some : taken) {
      all = all.plus(some.get());
    }
    timers.settle();
    assertThat(all).isEqualTo(new Taken(10, 70, 0, 0));
    assertThat(one.runs()).hasSize(10);
  }
}
