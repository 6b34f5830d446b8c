package io.byteport.engine.journal;

import static io.byteport.engine.journal.Entries.NOON;
import static io.byteport.engine.journal.Entries.intent;
import static io.byteport.engine.journal.Entries.opened;
import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.guardrail.Standing;
import io.byteport.engine.run.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store promises about places in scopes and digests. */
abstract class StormContract {
  private static final RunId RUN = new RunId("run-1");
  private static final RunId OTHER = new RunId("run-2");
  SqlRunStore store;

  abstract SqlRunStore fresh();

  @BeforeEach
  void open() {
    store = fresh();
    assertThat(store.open(opened("run-1", "pod/a"))).isEmpty();
    assertThat(store.open(opened("run-2", "pod/b", NOON.plusSeconds(1)))).isEmpty();
    assertThat(store.claim(RUN)).isTrue();
    assertThat(store.claim(OTHER)).isTrue();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_digest_gathers_runs_until_it_is_taken_and_is_taken_once() {
    Duration window = Duration.ofMinutes(10);
    StormDigest digest = store.gather(RUN, "cluster/c", NOON, window);
    assertThat(digest.first()).isEqualTo(RUN);
    assertThat(digest.dueAt()).isEqualTo(NOON.plusSeconds(120));
    StormDigest joined = store.gather(OTHER, "cluster/c", NOON.plusSeconds(60), window);
    assertThat(joined.number()).isEqualTo(digest.number());
    assertThat(joined.first()).isEqualTo(RUN);
    assertThat(joined.dueAt()).isEqualTo(NOON.plusSeconds(180));
    assertThat(store.gather(RUN, "cluster/c", NOON.plusSeconds(90), window)).isEqualTo(joined);

    assertThat(store.takeDigest(joined, NOON.plusSeconds(179))).isEmpty();
    assertThat(store.takeDigest(joined, NOON.plusSeconds(180))).containsExactly(RUN, OTHER);
    assertThat(store.takeDigest(joined, NOON.plusSeconds(181))).isEmpty();
    assertThat(store.takeDigest(joined, NOON.plusSeconds(240)))
        .as("who took it has not said that it was sent")
        .containsExactly(RUN, OTHER);
    store.close(RUN, List.of());
    store.close(OTHER, List.of());
    assertThat(store.undelivered()).containsExactly(RUN, OTHER);
    store.digestSent(joined);

    assertThat(store.undelivered()).isEmpty();
    assertThat(store.takeDigest(joined, NOON.plusSeconds(900))).isEmpty();
  }

  @Test
  void two_scopes_have_two_digests_and_one_that_is_due_takes_nobody_in() {
    Duration window = Duration.ofMinutes(10);
    StormDigest one = store.gather(RUN, "cluster/c", NOON, window);
    StormDigest other = store.gather(OTHER, "cluster/d", NOON, window);
    assertThat(other.number()).isNotEqualTo(one.number());
    RunId late = new RunId("run-3");
    assertThat(store.open(opened(late.value(), "pod/c"))).isEmpty();

    StormDigest next = store.gather(late, "cluster/c", NOON.plusSeconds(120), window);

    assertThat(next.first()).isEqualTo(late);
    assertThat(next.number()).isNotEqualTo(one.number());
  }

  @Test
  void places_in_a_scope_are_counted_across_runs_and_free_when_they_end() {
    List<Claim> place = List.of(new Claim.Storm("cluster/c", 1, 5, Duration.ofMinutes(10)));
    assertThat(store.reserve(RUN, intent("i1", NOON), place)).allMatch(Standing::granted);
    Standing refused = store.reserve(OTHER, intent("i2", NOON), place).getFirst();
    assertThat(refused.granted()).isFalse();
    assertThat(refused.used()).isEqualTo(1);
    assertThat(store.reserve(RUN, intent("i3", NOON), place)).allMatch(Standing::granted);
    store.close(RUN, List.of());

    assertThat(store.reserve(OTHER, intent("i4", NOON), place)).allMatch(Standing::granted);
  }

  @Test
  void of_many_that_come_at_the_same_time_as_many_get_a_place_as_there_are() throws Exception {
    Claim.Storm place = new Claim.Storm("cluster/d", 3, 9, Duration.ofMinutes(10));
    List<Future<Boolean>> granted = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 12; i++) {
        RunId run = new RunId("many-" + i);
        assertThat(store.open(opened(run.value(), "pod/many-" + i))).isEmpty();
        assertThat(store.claim(run)).isTrue();
        granted.add(
            pool.submit(
                () ->
                    store.reserve(run, intent("of " + run, NOON), List.of(place)).stream()
                        .allMatch(Standing::granted)));
      }
    }
    int count = 0;
    for (Future<Boolean> one : granted) {
      count += one.get() ? 1 : 0;
    }
    assertThat(count).isEqualTo(3);
  }
}
