package io.byteport.engine.intake;

import static io.byteport.engine.intake.Rig.SOURCE;
import static io.byteport.engine.intake.Rig.firing;
import static io.byteport.engine.signal.Runbooks.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.run.VirtualTimers;
import io.byteport.engine.source.Polled;
import io.byteport.engine.source.Poller;
import io.byteport.engine.source.SourceException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PollersTest {
  private static final Duration EVERY = Duration.ofSeconds(30);

  private final SqlRunStore store = SqlRunStore.inMemory(Redactor.SHAPES_ONLY);
  private final AtomicBoolean unwritable = new AtomicBoolean();
  private final Rig rig =
      new Rig(
          store,
          new VirtualTimers(NOON),
          100,
          kept -> new FaultyAlerts(kept, unwritable::get, () -> false));
  private final List<String> heard = new ArrayList<>();
  private final List<Instant> asked = new ArrayList<>();
  private final Pollers pollers =
      new Pollers(
          rig.intake,
          rig.states,
          rig.timers,
          new PollerListener() {
            @Override
            public void answered(String source, Taken taken, Duration took) {
              heard.add("answered " + taken.begun());
            }

            @Override
            public void degraded(String source, String reason) {
              heard.add(reason);
            }

            @Override
            public void restored(String source) {
              heard.add("restored");
            }
          });

  @AfterEach
  void close() {
    pollers.close();
    store.close();
  }

  private void poll(Poller poller) {
    pollers.poll(
        List.of(
            new Polling(
                SOURCE,
                cursor -> {
                  asked.add(rig.timers.clock().instant());
                  return poller.poll(cursor);
                },
                EVERY)));
  }

  private List<Long> seconds() {
    return asked.stream().map(at -> Duration.between(NOON, at).toSeconds()).toList();
  }

  @Test
  void a_source_is_asked_at_once_and_every_so_often_with_where_it_left_off() {
    List<@Nullable String> cursors = new ArrayList<>();
    poll(
        cursor -> {
          cursors.add(cursor);
          return Polled.since(List.of(firing("pod-" + cursors.size())), "c" + cursors.size());
        });
    rig.pass(Duration.ofSeconds(65));

    assertThat(seconds()).containsExactly(0L, 30L, 60L);
    assertThat(cursors).containsExactly(null, "c1", "c2");
    assertThat(rig.runs()).hasSize(3);
    assertThat(heard).containsExactly("answered 1", "answered 1", "answered 1");
  }

  @Test
  void an_answer_that_takes_long_does_not_shift_the_times_at_which_is_asked() {
    poll(
        cursor -> {
          rig.timers.setClock(rig.timers.clock().instant().plusSeconds(asked.size() == 2 ? 70 : 4));
          return Polled.everything(List.of());
        });
    rig.pass(Duration.ofSeconds(130));
    assertThat(seconds()).containsExactly(0L, 30L, 120L);
  }

  @Test
  void a_source_that_cannot_be_asked_is_left_alone_longer_each_time_and_says_so() {
    AtomicBoolean down = new AtomicBoolean(true);
    poll(
        cursor -> {
          if (down.get()) {
            throw new SourceException("connection refused");
          }
          return Polled.everything(List.of(firing("a")));
        });
    rig.pass(Duration.ofMinutes(20));
    assertThat(seconds()).containsExactly(0L, 30L, 90L, 210L, 450L, 750L, 1050L);
    assertThat(heard).hasSize(7).containsOnly("connection refused");
    SourceState state = rig.states.of(SOURCE);
    assertThat(state.degraded()).isEqualTo("connection refused");
    assertThat(state.since()).isEqualTo(NOON);

    down.set(false);
    rig.pass(Duration.ofMinutes(5));
    assertThat(rig.states.of(SOURCE).degraded()).isNull();
    assertThat(rig.states.of(SOURCE).since()).isNull();
    assertThat(heard.subList(7, 9)).containsExactly("restored", "answered 1");
    assertThat(rig.runs()).hasSize(1);
  }

  @Test
  void a_source_that_says_for_how_long_is_left_alone_for_that_long() {
    poll(
        cursor -> {
          throw new SourceException("too many requests", Duration.ofMinutes(12), null);
        });
    rig.pass(Duration.ofMinutes(13));
    assertThat(seconds()).containsExactly(0L, 720L);
  }

  @Test
  void a_poller_with_a_defect_degrades_its_source_and_no_other() {
    pollers.poll(
        List.of(
            new Polling(
                "broken",
                cursor -> {
                  throw new IllegalStateException("a defect");
                },
                EVERY),
            new Polling(SOURCE, cursor -> Polled.everything(List.of(firing("a"))), EVERY)));
    rig.pass(Duration.ofSeconds(1));
    assertThat(rig.states.of("broken").degraded()).isEqualTo("a defect");
    assertThat(rig.runs()).hasSize(1);
  }

  @Test
  void an_answer_that_could_not_be_written_down_is_asked_for_again() {
    List<@Nullable String> cursors = new ArrayList<>();
    poll(
        cursor -> {
          cursors.add(cursor);
          return Polled.since(List.of(firing("a")), "later");
        });
    unwritable.set(true);
    rig.settle();
    assertThat(rig.runs()).isEmpty();
    unwritable.set(false);
    rig.pass(Duration.ofSeconds(61));

    assertThat(cursors).containsExactly(null, null, "later");
    assertThat(rig.runs()).hasSize(1);
  }

  @Test
  void a_source_that_is_configured_otherwise_is_asked_anew_and_one_that_is_gone_no_more() {
    Poller poller =
        cursor -> {
          asked.add(rig.timers.clock().instant());
          return Polled.everything(List.of());
        };
    Polling same = new Polling(SOURCE, poller, EVERY);
    pollers.poll(List.of(same));
    rig.pass(Duration.ofSeconds(10));
    pollers.poll(List.of(same));
    rig.pass(Duration.ofSeconds(10));
    assertThat(seconds()).containsExactly(0L);
    pollers.poll(List.of(new Polling(SOURCE, poller, Duration.ofSeconds(5))));
    rig.pass(Duration.ofSeconds(6));
    assertThat(seconds()).containsExactly(0L, 20L, 25L);
    pollers.poll(List.of());
    rig.pass(Duration.ofMinutes(2));
    assertThat(asked).hasSize(3);
  }
}
