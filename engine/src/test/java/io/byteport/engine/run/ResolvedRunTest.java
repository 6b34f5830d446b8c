package io.byteport.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.RunStore;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.outbox.Dispatch;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.spi.ActionRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/**
 * A run whose alert resolves meanwhile, at whatever moment. Before anything was changed, nothing is
 * changed any more. A repair that has begun is brought to its end and verified, since half of one
 * may be worse than all of it.
 */
class ResolvedRunTest {
  private static final RunId RUN = AnsweredRunTest.RUN;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final BoxWorld world = new BoxWorld(true);
  private VirtualTimers timers = new VirtualTimers(AnsweredRunTest.NOON);

  private static final class Kill extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void a_run_whose_alert_resolved_before_it_was_taken_up_changes_nothing() {
    try (SqlRunStore store = SqlRunStore.inMemory(Redactor.SHAPES_ONLY)) {
      store.openDue(AnsweredRunTest.opened().under(Policy.ACT));
      tell(store, Signal.Status.RESOLVED);
      RunReport report = carried(store);
      assertThat(world.done).isEmpty();
      assertThat(report.result()).isEqualTo(RunResult.SKIPPED);
      assertThat(report.reason()).isEqualTo("The alert resolved before anything was changed");
    }
  }

  @Test
  void an_alert_that_resolved_and_fires_again_before_the_run_looked_is_repaired() {
    try (SqlRunStore store = SqlRunStore.inMemory(Redactor.SHAPES_ONLY)) {
      store.openDue(AnsweredRunTest.opened().under(Policy.ACT));
      tell(store, Signal.Status.FIRING);
      RunReport report = carried(store);
      assertThat(world.done).containsExactly("drop i1", "drop i2", "mend");
      assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
    }
  }

  @Test
  void nothing_is_changed_where_the_alert_resolves_while_a_change_is_prepared() {
    try (SqlRunStore store = SqlRunStore.inMemory(Redactor.SHAPES_ONLY)) {
      store.openDue(AnsweredRunTest.opened().under(Policy.ACT));
      world.onPrepare = () -> tell(store, Signal.Status.RESOLVED);
      RunReport report = carried(store);
      assertThat(world.done).isEmpty();
      assertThat(report.result()).isEqualTo(RunResult.SKIPPED);
      assertThat(store.inbox(RUN)).isEmpty();
    }
  }

  @Test
  void a_change_that_a_crash_cut_off_is_repeated_only_while_the_alert_fires() {
    assertThat(cutOff(Signal.Status.FIRING).world.done).startsWith("drop i1");
    assertThat(cutOff(Signal.Status.RESOLVED).world.done).isEmpty();
  }

  /** A process dies between the first intent and its change; another one comes. */
  private static ResolvedRunTest cutOff(Signal.Status meanwhile) {
    ResolvedRunTest one = new ResolvedRunTest();
    try (SqlRunStore store = SqlRunStore.inMemory(Redactor.SHAPES_ONLY)) {
      store.openDue(AnsweredRunTest.opened().under(Policy.ACT));
      FaultyStore dying =
          new FaultyStore(
              store,
              (number, what, written) -> {
                if (what.equals("reserve") && written) {
                  throw new Kill();
                }
              });
      assertThatThrownBy(() -> one.carried(dying)).isInstanceOf(Kill.class);
      assertThat(one.world.done).isEmpty();
      tell(store, meanwhile);
      one.timers = new VirtualTimers(AnsweredRunTest.NOON);
      one.carried(store);
    }
    return one;
  }

  @Test
  void
      nothing_is_changed_where_the_alert_resolves_at_the_alert_resolves_at_any_moment_before_the_first_intent() {
    int moments = play(0).writes.size();
    int untouched = 0;
    int repaired = 0;
    for (int moment = 1; moment <= moments; moment++) {
      ResolvedRunTest one = new ResolvedRunTest();
      FaultyStore played = one.play(moment);
      int intent = played.writes.indexOf("reserve") + 1;
      if (intent == 0 || moment < intent) {
        assertThat(one.world.done).as("resolved at write %s", moment).isEmpty();
        untouched++;
      } else {
        assertThat(one.world.done)
            .as("resolved at write %s", moment)
            .containsExactly("drop i1", "drop i2", "mend");
        repaired++;
      }
    }
    assertThat(untouched).isPositive();
    assertThat(repaired).isPositive();
  }

  /**
   * Plays the run.
   *
   * @param moment before which of its writes the alert resolves; 0 for never
   */
  private FaultyStore play(int moment) {
    SqlRunStore store = SqlRunStore.inMemory(Redactor.SHAPES_ONLY);
    store.openDue(AnsweredRunTest.opened().under(Policy.ACT));
    FaultyStore watched =
        new FaultyStore(
            store,
            (number, what, written) -> {
              if (number == moment && !written) {
                tell(store, Signal.Status.RESOLVED);
              }
            });
    carried(watched);
    store.close();
    return watched;
  }

  private static void tell(RunStore store, Signal.Status status) {
    store.post(RUN, new Event.SignalChanged(AnsweredRunTest.NOON, status));
  }

  /** Carries the run on, again and again, as a replica does. */
  private RunReport carried(RunStore store) {
    try (Driver driver =
        new Driver(
            new DriverParts(
                store,
                new ActionRegistry(List.of(world)),
                InterpretedCourse.beginning(
                    AnsweredRunTest.loader(), new Interpreter(new Evaluator(), Links.NONE)),
                timers,
                new TestIds("a"),
                Redactor.SHAPES_ONLY,
                signal -> Optional.empty(),
                List.of(),
                Dispatch.toNobody()))) {
      for (int picks = 0; picks < 100; picks++) {
        CompletionStage<Carried> left = driver.carry(RUN, PATIENCE);
        timers.settle();
        while (!left.toCompletableFuture().isDone() && timers.advanceToNext()) {}
        switch (left.toCompletableFuture().join()) {
          case Carried.Ended ended -> {
            return ended.report();
          }
          case Carried.Waits waits -> {
            Instant until = waits.until();
            timers.advanceTo(
                until.isAfter(timers.clock().instant()) ? until : timers.clock().instant());
          }
          case Carried.Elsewhere elsewhere -> throw new AssertionError("nobody else is here");
        }
      }
    }
    throw new AssertionError("the run does not end");
  }
}
