package io.byteport.engine.run;

import io.byteport.dsl.value.Quantities;
import io.byteport.dsl.value.Value;
import io.byteport.engine.guardrail.Standing;
import io.byteport.engine.journal.RunStore;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The life of one change: prepared, reserved, made, and asked about where nobody knows. Never makes
 * one whose intent is not on disk.
 */
final class ChangeMaker {
  private final RunStore store;
  private final ActionCalls actions;
  private final IdSource ids;
  private final InstantSource clock;

  ChangeMaker(RunStore store, ActionCalls actions, IdSource ids, InstantSource clock) {
    this.store = store;
    this.actions = actions;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Waits until a change may reach what it is about. Whoever has the place has it before the intent
   * is on disk, so that nothing that is on disk waits.
   *
   * @return to be closed when the change is made, or is not to be made
   */
  CallGate.Place enter(Command.Change change) throws InterruptedException {
    return actions.enter(change.action(), change.input());
  }

  /** Waits until it may be looked what became of an intent. */
  CallGate.Place enter(Command.Resolve wanted) throws InterruptedException {
    return actions.enter(wanted.intent().action(), wanted.intent().input());
  }

  /**
   * Prepares a change and reserves what it claims.
   *
   * @param meanwhile whether something has happened since it was wanted; asked once it is prepared,
   *     which may take long
   * @return a {@link Event.ChangeIntended} that is in the journal already, or why there is none;
   *     null where something has happened meanwhile
   */
  @Nullable Event intend(
      RunId run, Command.Change change, Narration narration, BooleanSupplier meanwhile)
      throws InterruptedException {
    IntentId id = ids.newIntent(run);
    ActionCalls.Prepared prepared;
    try {
      prepared = actions.prepare(change, id, narration);
    } catch (CallFailure e) {
      return new Event.ChangeNotPrepared(clock.instant(), change.step(), e.failure());
    }
    narration.settle();
    if (meanwhile.getAsBoolean()) {
      return null;
    }
    Event.ChangeIntended intent =
        new Event.ChangeIntended(
            clock.instant(),
            id,
            change.step(),
            change.action(),
            change.input(),
            prepared.memo(),
            prepared.command(),
            List.of());
    List<Standing> standings = store.reserve(run, intent, change.claims());
    return standings.stream().allMatch(Standing::granted)
        ? intent.with(standings)
        : new Event.ChangeRefused(clock.instant(), change.step(), standings);
  }

  /** Makes a change whose intent is in the journal, in the place that it has taken. */
  Event.ChangeFinished make(
      Event.ChangeIntended intent, Duration timeout, Narration narration, CallGate.Place place)
      throws InterruptedException {
    ActionResult result = actions.change(intent, timeout, narration, place);
    return new Event.ChangeFinished(clock.instant(), intent.intent(), result, false);
  }

  /**
   * Learns what became of an intent.
   *
   * @param neverTried whether the journal holds no outcome at all, as after a crash: then, where
   *     the action says that repeating does no harm, one that did not take effect is made now. One
   *     that was tried is not made a second time.
   */
  Event.ChangeFinished resolve(
      Command.Resolve wanted, boolean neverTried, Narration narration, CallGate.Place place)
      throws InterruptedException {
    Event.ChangeIntended intent = wanted.intent();
    ActionResult result;
    try {
      Action.Probe probe = actions.probe(intent, wanted.timeout(), narration);
      boolean repeat =
          probe != Action.Probe.TOOK_EFFECT && neverTried && actions.repeatable(intent);
      result =
          repeat
              ? actions.change(intent, wanted.timeout(), narration, place)
              : learned(probe, wanted.lost(), store.isShared());
    } catch (CallFailure e) {
      ActionResult.Failed why = e.failure();
      result =
          neverTried && actions.repeatable(intent)
              ? actions.change(intent, wanted.timeout(), narration, place)
              : new ActionResult.Failed(
                  why.kind(),
                  (wanted.lost() == null ? "" : wanted.lost().reason() + "; ")
                      + "whether it took effect is not known: "
                      + why.reason(),
                  false,
                  null);
    }
    return new Event.ChangeFinished(clock.instant(), intent.intent(), result, true);
  }

  /**
   * What was not answered in time may still be on its way: its absence now proves nothing. Nor does
   * it where the process that was to make the change may be suspended rather than dead.
   *
   * @param shared whether other processes may have been at it
   */
  private static ActionResult learned(
      Action.Probe probe, ActionResult.@Nullable Failed lost, boolean shared) {
    return switch (probe) {
      case TOOK_EFFECT -> new ActionResult.Done(Value.NULL, true);
      case NOT_DONE -> {
        if (lost == null) {
          yield shared
              ? failed(
                  "it was interrupted; it has not taken effect so far, and still may where the"
                      + " replica that was to make it is suspended and not dead",
                  false)
              : failed("it was interrupted before it took effect", true);
        }
        yield lost.kind() == FailureKind.TIMEOUT
            ? failed(lost.reason() + "; it has not taken effect so far, and still may", false)
            : failed(lost.reason() + "; it did not take effect", true);
      }
      case UNKNOWN ->
          failed(
              (lost == null ? "it was interrupted, and " : lost.reason() + "; ")
                  + "whether it took effect is not known",
              false);
    };
  }

  private static ActionResult failed(String reason, boolean certainlyNothing) {
    return new ActionResult.Failed(FailureKind.CANCELLED, reason, certainlyNothing, null);
  }

  /**
   * One look whether a change is complete.
   *
   * @param since when it was made
   */
  Event.SettleChecked settle(
      Event.ChangeIntended intent, Duration timeout, Instant since, Narration narration)
      throws InterruptedException {
    try {
      if (actions.settled(intent, timeout, narration)) {
        return new Event.SettleChecked(clock.instant(), intent.intent(), true, null);
      }
      return notYet(intent, since, "it is not complete");
    } catch (CallFailure e) {
      ActionResult.Failed why = e.failure();
      return switch (why.kind()) {
        case UNREACHABLE, TIMEOUT -> notYet(intent, since, why.reason());
        case NOT_FOUND, FORBIDDEN, CONFLICT, INVALID, REFUSED, CANCELLED, INTERNAL ->
            new Event.SettleChecked(clock.instant(), intent.intent(), false, why.reason());
      };
    }
  }

  private Event.SettleChecked notYet(Event.ChangeIntended intent, Instant since, String why)
      throws InterruptedException {
    Duration within;
    try {
      within = actions.settlesWithin(intent);
    } catch (CallFailure e) {
      within = Duration.ZERO;
    }
    Instant now = clock.instant();
    boolean over = !now.isBefore(since.plus(within));
    return new Event.SettleChecked(
        now, intent.intent(), false, over ? why + " after " + Quantities.print(within) : null);
  }
}
