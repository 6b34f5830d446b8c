package io.byteport.engine.intake;

import static io.byteport.engine.intake.Rig.firing;
import static io.byteport.engine.intake.Rig.resolved;
import static io.byteport.engine.signal.Runbooks.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.engine.intake.Outcome.Kind;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.journal.StoreException;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunResult;
import io.byteport.engine.run.VirtualTimers;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.source.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Alerts that fire, repeat, resolve and fire again, while runs end and processes are killed at
 * every point, beside a model that fits on a page: every episode has one outcome, no run is opened
 * twice, none is missing, and each hears what it must.
 */
final class EpisodesModelTest {
  private static final SqlRunStore STORE = SqlRunStore.inMemory(Redactor.SHAPES_ONLY);
  private static final AtomicInteger TRIES = new AtomicInteger();

  enum Move {
    FIRE,
    RESOLVE,
    /** The same, and the disk fails before anything is written; it is said again. */
    FIRE_UNWRITTEN,
    RESOLVE_UNWRITTEN,
    /** The same, and the process dies before it could say that it was written; it is said again. */
    FIRE_UNANSWERED,
    RESOLVE_UNANSWERED,
    OPEN,
    /** Runs are opened, and the process dies before it could write that down. */
    OPEN_UNNOTED,
    END_RUN,
    RESTART,
    TIME
  }

  /** One alert as it should be. */
  private static final class Model {
    final String pod;
    final List<Expected> episodes = new ArrayList<>();
    @Nullable RunId open;
    final List<Signal.Status> told = new ArrayList<>();

    Model(String pod) {
      this.pod = pod;
    }

    boolean fires() {
      return !episodes.isEmpty() && !episodes.getLast().over;
    }

    void fire(Instant now) {
      if (fires()) {
        episodes.getLast().heard++;
      } else {
        episodes.add(
            new Expected(
                new EpisodeId(EpisodeId.alert(Rig.SOURCE, pod), episodes.size() + 1).run(now)));
      }
    }

    void resolve() {
      if (fires()) {
        Expected last = episodes.getLast();
        last.over = true;
        if (last.outcome == null && !last.touched) {
          last.outcome = new Outcome(Kind.RECORDED, null, Outcome.TOO_LATE);
        }
        tellEnd(last);
      }
    }

    private void tellEnd(Expected one) {
      RunId run = one.outcome == null ? null : one.outcome.run();
      boolean another =
          episodes.stream()
              .anyMatch(
                  other ->
                      !other.over
                          && other.outcome != null
                          && other.outcome.run() != null
                          && other.outcome.run().equals(run));
      if (run != null && run.equals(open) && !another) {
        told.add(Signal.Status.RESOLVED);
      }
    }

    void open(boolean noted) {
      for (Expected one : episodes) {
        if (one.outcome == null) {
          open(one, noted);
        }
      }
    }

    private void open(Expected one, boolean noted) {
      one.touched = true;
      if (!one.opened && !one.over && open == null) {
        one.opened = true;
        open = one.run;
        told.clear();
        if (!noted) {
          return;
        }
      } else if (!noted && !(one.over && !one.opened) && !one.opened) {
        return;
      }
      if (one.opened) {
        one.outcome = new Outcome(Kind.OPENED, one.run, null);
        if (one.over) {
          tellEnd(one);
        }
      } else if (one.over) {
        one.outcome = new Outcome(Kind.RECORDED, null, Outcome.TOO_LATE);
      } else {
        one.outcome =
            new Outcome(Kind.JOINED, open, "it is about `pod/production/" + pod + "`, too");
        if (episodes.stream().anyMatch(other -> other.over && isAbout(other, open))) {
          told.add(Signal.Status.FIRING);
        }
      }
    }

    private static boolean isAbout(Expected one, @Nullable RunId run) {
      return one.outcome != null && one.outcome.run() != null && one.outcome.run().equals(run);
    }
  }

  private static final class Expected {
    final RunId run;
    boolean over;
    boolean touched;
    boolean opened;
    int heard = 1;
    @Nullable Outcome outcome;

    Expected(RunId run) {
      this.run = run;
    }
  }

  @Property(tries = 150)
  void every_episode_has_one_outcome_whatever_fails(
      @ForAll @Size(min = 1, max = 40) List<Move> moves,
      @ForAll @Size(40) List<@IntRange(min = 0, max = 1) Integer> about) {
    AtomicBoolean before = new AtomicBoolean();
    AtomicBoolean after = new AtomicBoolean();
    int attempt = TRIES.incrementAndGet();
    List<Model> models = List.of(new Model("t" + attempt + "-a"), new Model("t" + attempt + "-b"));
    Rig rig = rig(NOON, before, after);
    for (int i = 0; i < moves.size(); i++) {
      Model model = models.get(about.get(i));
      Instant now = rig.timers.clock().instant();
      switch (moves.get(i)) {
        case FIRE -> {
          rig.take(firing(model.pod));
          model.fire(now);
        }
        case RESOLVE -> {
          rig.take(resolved(model.pod));
          model.resolve();
        }
        case FIRE_UNWRITTEN -> {
          if (!model.fires()) {
            failing(before, rig, firing(model.pod));
          }
          rig.take(firing(model.pod));
          model.fire(now);
        }
        case RESOLVE_UNWRITTEN -> {
          failing(before, rig, resolved(model.pod));
          rig.take(resolved(model.pod));
          model.resolve();
        }
        case FIRE_UNANSWERED -> {
          rig.intake.flush();
          if (!model.fires()) {
            failing(after, rig, firing(model.pod));
            model.fire(now);
          }
          rig = rig(now, before, after);
          rig.take(firing(model.pod));
          model.fire(now);
        }
        case RESOLVE_UNANSWERED -> {
          rig.intake.flush();
          failing(after, rig, resolved(model.pod));
          rig = rig(now, before, after);
          rig.take(resolved(model.pod));
          model.resolve();
        }
        case OPEN -> {
          rig.opener.start();
          rig.settle();
          models.forEach(one -> one.open(true));
        }
        case OPEN_UNNOTED -> {
          rig.intake.flush();
          rig.kept.due().begin();
          rig.afterOpening = new StoreException("killed");
          rig.opener.wake();
          rig.settle();
          models.forEach(one -> one.open(false));
          rig = rig(now, before, after);
        }
        case END_RUN -> {
          if (model.open != null) {
            rig.end(model.open, RunResult.RESOLVED);
            model.open = null;
            model.told.clear();
          }
        }
        case RESTART -> {
          rig.intake.flush();
          rig = rig(now, before, after);
        }
        case TIME -> rig.timers.setClock(now.plus(Duration.ofSeconds(7)));
      }
      for (Model one : models) {
        check(rig, one);
      }
    }
  }

  private static Rig rig(Instant now, AtomicBoolean before, AtomicBoolean after) {
    return new Rig(
        STORE,
        new VirtualTimers(now),
        100,
        kept -> new FaultyAlerts(kept, before::get, after::get));
  }

  private static void failing(AtomicBoolean fault, Rig rig, Alert said) {
    rig.intake.flush();
    fault.set(true);
    try {
      assertThatThrownBy(() -> rig.take(said)).isInstanceOf(StoreException.class);
    } finally {
      fault.set(false);
    }
  }

  private static void check(Rig rig, Model model) {
    List<Episode> episodes = rig.episodes(model.pod);
    assertThat(episodes).hasSameSizeAs(model.episodes);
    for (int i = 0; i < episodes.size(); i++) {
      Expected expected = model.episodes.get(i);
      Episode episode = episodes.get(i);
      assertThat(episode.endedAt() != null).isEqualTo(expected.over);
      assertThat(episode.heard()).isEqualTo(expected.heard);
      assertThat(episode.outcome()).isEqualTo(expected.outcome);
      assertThat(STORE.run(expected.run).isPresent()).isEqualTo(expected.opened);
    }
    assertThat(STORE.openRun(rig.mode(), "pod/production/" + model.pod).orElse(null))
        .isEqualTo(model.open);
    if (model.open != null) {
      assertThat(rig.told(model.open)).isEqualTo(model.told);
    }
  }
}
