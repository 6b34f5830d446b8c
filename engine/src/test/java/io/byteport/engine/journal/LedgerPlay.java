package io.byteport.engine.journal;

import static io.byteport.engine.journal.Entries.NOON;
import static io.byteport.engine.journal.Entries.failed;
import static io.byteport.engine.journal.Entries.finished;
import static io.byteport.engine.journal.Entries.intent;
import static io.byteport.engine.journal.Entries.opened;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.dsl.value.Value;
import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.guardrail.Standing;
import io.byteport.engine.run.ActionResult;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Plays moves on a store and on the model, and holds one against the other after each. */
final class LedgerPlay {

  /** The processes that share a store. */
  interface Replicas extends AutoCloseable {

    /** The one that works. */
    SqlRunStore working();

    /** What the steady clock of the machine shows, for all of them. */
    AtomicLong nanos();

    /** Whether there is another one. */
    boolean canTakeOver();

    /**
     * The one that worked is not heard of from now on, and the other one works.
     *
     * @return the one that worked
     */
    SqlRunStore takeOver();

    @Override
    void close();
  }

  private static final class Slot {
    final RunId run;
    final String target;
    final Deque<String> pending = new ArrayDeque<>();
    final List<Event.ChangeIntended> intents = new ArrayList<>();

    Slot(RunId run, String target) {
      this.run = run;
      this.target = target;
    }
  }

  private final Replicas replicas;

  /** Keeps what is played in one store apart. */
  private final String name;

  private final LedgerModel model = new LedgerModel();
  private final Map<Integer, Slot> slots = new TreeMap<>();
  private Instant trueNow = NOON;
  private Instant clock = NOON;
  private int serial;

  LedgerPlay(Replicas replicas, String name) {
    this.replicas = replicas;
    this.name = name;
  }

  void play(List<LedgerMove> moves) {
    try {
      moves.forEach(this::play);
      holdTogether();
    } finally {
      slots.values().forEach(slot -> store().close(slot.run, List.of()));
    }
  }

  private SqlRunStore store() {
    return replicas.working();
  }

  private void play(LedgerMove move) {
    switch (move) {
      case LedgerMove.Open open -> open(open.slot(), name + "target-" + open.target());
      case LedgerMove.Check check ->
          of(check.slot()).ifPresent(slot -> check(slot, own(check.claims()), check.takeLocks()));
      case LedgerMove.Reserve reserve ->
          of(reserve.slot()).ifPresent(slot -> reserve(slot, own(reserve.claims())));
      case LedgerMove.Finish finish ->
          of(finish.slot()).ifPresent(slot -> finish(slot, finish.ending()));
      case LedgerMove.Close close -> of(close.slot()).ifPresent(slot -> close(close.slot(), slot));
      case LedgerMove.Pass pass -> {
        trueNow = trueNow.plus(pass.time());
        clock = clock.plus(pass.time());
        replicas.nanos().addAndGet(pass.time().toNanos());
      }
      case LedgerMove.SetBack back -> clock = clock.minus(back.by());
      case LedgerMove.SetForward forward -> clock = clock.plus(forward.by());
      case LedgerMove.TakeOver takeOver -> takeOver();
    }
  }

  private Optional<Slot> of(int slot) {
    return Optional.ofNullable(slots.get(slot));
  }

  private List<Claim> own(List<Claim> claims) {
    return claims.stream().map(this::own).toList();
  }

  private Claim own(Claim claim) {
    return switch (claim) {
      case Claim.Limit limit ->
          new Claim.Limit(limit.guardrail(), name + limit.key(), limit.limit(), limit.window());
      case Claim.Lock lock ->
          new Claim.Lock(lock.guardrail(), name + lock.key(), lock.waitFor(), lock.join());
      case Claim.Storm storm ->
          new Claim.Storm(name + storm.scope(), storm.atOnce(), storm.within(), storm.window());
    };
  }

  private void open(int at, String target) {
    if (slots.containsKey(at)) {
      return;
    }
    RunId run = new RunId(name + "run-" + serial++);
    Optional<RunId> about =
        slots.values().stream()
            .filter(slot -> slot.target.equals(target))
            .map(slot -> slot.run)
            .findFirst();

    assertThat(store().openRun(Mode.LIVE, target)).isEqualTo(about);
    assertThat(store().open(opened(run.value(), target, clock))).isEqualTo(about);

    if (about.isEmpty()) {
      assertThat(store().claim(run)).isTrue();
      slots.put(at, new Slot(run, target));
    } else {
      assertThat(store().entries(run)).isEmpty();
    }
  }

  /** Time goes as it goes, and is told by the clock of whoever asks. */
  private List<Standing> expected(Slot slot, List<Claim> claims) {
    Duration ahead = Duration.between(trueNow, clock);
    return model.standings(slot.run, claims, trueNow).stream()
        .map(standing -> standing.shifted(ahead))
        .toList();
  }

  private void check(Slot slot, List<Claim> claims, boolean takeLocks) {
    List<Standing> expected = expected(slot, claims);

    assertThat(store().check(slot.run, claims, clock, takeLocks)).isEqualTo(expected);

    if (takeLocks
        && expected.stream()
            .allMatch(one -> !(one.claim() instanceof Claim.Lock) || one.granted())) {
      model.takeLocks(slot.run, claims);
    }
    if (takeLocks) {
      List<Claim> all = locks();
      assertThat(store().check(slot.run, all, clock, false)).isEqualTo(expected(slot, all));
    }
  }

  private List<Claim> locks() {
    return LedgerContract.LOCKS.stream()
        .map(key -> own(new Claim.Lock("all", key, Duration.ZERO, false)))
        .toList();
  }

  private void reserve(Slot slot, List<Claim> claims) {
    Event.ChangeIntended intent = intent(name + "intent-" + serial++, clock);
    List<Standing> expected = expected(slot, claims);

    List<Standing> standings = store().reserve(slot.run, intent, claims);

    assertThat(standings).isEqualTo(expected);
    if (!standings.stream().allMatch(Standing::granted)) {
      return;
    }
    model.takeLocks(slot.run, claims);
    model.count(intent.intent().value(), slot.run, claims, trueNow);
    slot.pending.add(intent.intent().value());
    slot.intents.add(intent.with(standings));
  }

  private void finish(Slot slot, LedgerMove.Ending ending) {
    String intent = slot.pending.poll();
    if (intent == null) {
      return;
    }
    ActionResult result =
        switch (ending) {
          case CHANGED -> new ActionResult.Done(Value.NULL, true);
          case ALREADY_AS_WANTED -> new ActionResult.Done(Value.NULL, false);
          case PERHAPS -> failed(false);
          case CERTAINLY_NOTHING -> failed(true);
        };
    store().finish(slot.run, finished(intent, clock, result), List.of());
    if (ending == LedgerMove.Ending.CERTAINLY_NOTHING) {
      model.giveBack(intent);
    }
  }

  private void close(int at, Slot slot) {
    assertIntents(slot);
    store().close(slot.run, List.of());
    model.free(slot.run);
    slots.remove(at);
    assertThatThrownBy(
            () -> store().reserve(slot.run, intent(name + "intent-" + serial++, clock), List.of()))
        .as("a run that has ended changes nothing more")
        .isInstanceOf(FencedException.class);
  }

  private void takeOver() {
    if (!replicas.canTakeOver()) {
      return;
    }
    SqlRunStore gone = replicas.takeOver();
    for (Slot slot : slots.values()) {
      assertThat(store().claim(slot.run)).isTrue();
      Claim.Limit late = new Claim.Limit("late", name + "late", 1, Duration.ofDays(1));
      Claim.Lock held = new Claim.Lock("late", name + "late", Duration.ZERO, false);
      assertThatThrownBy(
              () ->
                  gone.reserve(
                      slot.run, intent(name + "intent-" + serial++, clock), List.of(late, held)))
          .isInstanceOf(FencedException.class);
      assertThatThrownBy(() -> gone.check(slot.run, List.of(held), clock, true))
          .isInstanceOf(FencedException.class);
      check(slot, List.of(late, held), false);
    }
  }

  /** What is in the store at the end is what the model says. */
  private void holdTogether() {
    List<Claim> all = new ArrayList<>();
    for (String key : LedgerContract.KEYS) {
      for (Duration window : LedgerContract.WINDOWS) {
        all.add(own(new Claim.Limit("all", key, 1, window)));
      }
    }
    for (String scope : LedgerContract.SCOPES) {
      for (Duration window : LedgerContract.WINDOWS) {
        all.add(own(new Claim.Storm(scope, 1, 1, window)));
      }
    }
    all.addAll(locks());
    for (Slot slot : slots.values()) {
      check(slot, all, false);
      assertIntents(slot);
    }
    assertThat(store().unfinished())
        .containsExactlyInAnyOrderElementsOf(slots.values().stream().map(s -> s.run).toList());
  }

  private void assertIntents(Slot slot) {
    assertThat(store().entries(slot.run))
        .filteredOn(Event.ChangeIntended.class::isInstance)
        .isEqualTo(slot.intents);
  }
}
