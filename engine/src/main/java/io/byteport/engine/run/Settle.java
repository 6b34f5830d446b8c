package io.byteport.engine.run;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.ActionDescription.Effect;
import io.byteport.dsl.value.Value;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Waits until the effect of a change is complete: the rollout done, the volume usable. How long
 * that may take the driver knows, who says so with a reason.
 */
final class Settle {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration FIRST_POLL = Duration.ofSeconds(2);
  private static final Duration LONGEST_POLL = Duration.ofSeconds(15);

  private final Turn turn;

  Settle(Turn turn) {
    this.turn = turn;
  }

  /** The change was made. */
  void begin(Frame.Changing frame, ActionResult.Done done, Event.@Nullable ChangeIntended intent) {
    ActionDescription action = Proceed.action(turn, frame.step().use());
    String id = frame.step().head().id().name();
    boolean changed = done.changed() && action.effect() == Effect.CHANGE;
    StepRecord record = turn.step(id);
    Value result = frame.step().forEach() == null ? done.output() : record.result();
    turn.step(id, record.returned(result, record.changed() || changed));
    if (changed && remedies()) {
      turn.become(turn.state().deeds().changed(turn.now()).settled(turn.now()));
    }
    Frame.Changing next =
        frame.made(intent == null ? null : intent.command(), done.output(), changed);
    turn.replace(next.at(Frame.Changing.Stage.SETTLING));
    if (action.settled() == null) {
      settled(next);
    } else {
      check(next);
    }
  }

  /** What a rollback does, and what follows a verification, is not what is verified. */
  private boolean remedies() {
    return turn.state().phase() == Note.Phase.ACT;
  }

  private void settled(Frame.Changing frame) {
    if (frame.changed() && remedies()) {
      turn.become(turn.state().deeds().settled(turn.now()));
    }
    turn.become(turn.state().progress().intends(null));
    turn.pop(new Outcome.Did(frame.result(), frame.changed(), frame.command()));
  }

  void go(Frame.Changing frame, @Nullable Event event) {
    if (!(event instanceof Event.SettleChecked checked)) {
      check(frame);
    } else if (checked.settled()) {
      settled(frame);
    } else if (checked.reason() == null) {
      turn.replace(frame.polled().at(Frame.Changing.Stage.SETTLE_WAITING));
      turn.want(new Command.Wait(turn.now().plus(poll(frame.polls()))));
    } else {
      turn.become(turn.state().progress().intends(null));
      turn.pop(new Outcome.Failed("its effect did not become complete: " + checked.reason()));
    }
  }

  /** 2 s, then longer and longer, to 15 s. */
  private static Duration poll(int polls) {
    Duration wait = FIRST_POLL.plusSeconds(polls);
    return wait.compareTo(LONGEST_POLL) > 0 ? LONGEST_POLL : wait;
  }

  void check(Frame.Changing frame) {
    Event.ChangeIntended intent = turn.state().progress().inFlight();
    if (intent == null) {
      settled(frame);
      return;
    }
    turn.replace(frame.at(Frame.Changing.Stage.SETTLING));
    turn.want(new Command.CheckSettled(intent, TIMEOUT));
  }
}
