package io.byteport.engine.run;

import io.byteport.dsl.model.Step;
import io.byteport.dsl.value.Quantities;
import io.byteport.dsl.value.Value;
import io.byteport.engine.eval.Cause;
import io.byteport.engine.eval.Evaluation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Waits: for a time, or until something holds; a wait that runs out has failed. A dry run does not
 * wait.
 */
final class Pause {
  private final Turn turn;

  Pause(Turn turn) {
    this.turn = turn;
  }

  void begin(Step.Wait step, Locals locals) {
    Evaluation length = turn.expressions().value(step.duration(), locals);
    Duration duration = length.known().flatMap(Expressions::duration).orElse(null);
    Duration every = turn.expressions().duration(step.every(), locals).orElse(Proceed.EVERY);
    Instant deadline = turn.now().plus(duration == null ? Duration.ZERO : duration);
    turn.push(new Frame.Pausing(step, locals, deadline, every, Frame.Pausing.Stage.LOOK));
    if (!turn.state().live()) {
      String id = step.head().id().name();
      turn.step(id, turn.step(id).ended(Note.StepStatus.PLANNED, null, turn.now()));
      turn.pop(Outcome.WENT);
    } else if (duration == null) {
      List<Cause> causes = Claims.causes(length);
      turn.pop(
          new Outcome.Failed(
              causes.isEmpty()
                  ? "how long to wait is " + describe(length)
                  : "how long to wait is not known: " + Expressions.reason(causes),
              causes));
    }
  }

  private static String describe(Evaluation length) {
    return length.known().map(Value::isNull).orElse(true) ? "null" : "no duration";
  }

  void go(Frame.Pausing frame, @Nullable Event event) {
    if (frame.step().until() == null) {
      plain(frame);
      return;
    }
    if (frame.stage() != Frame.Pausing.Stage.READ) {
      turn.replace(at(frame, Frame.Pausing.Stage.READ));
      List<String> facts =
          Proceed.reread(turn, frame.step().until(), frame.step().head().refresh());
      if (new Learn(turn).begin(facts, true)) {
        return;
      }
    }
    Evaluation until = turn.expressions().of(frame.step().until(), frame.locals());
    if (until.isTrue()) {
      turn.pop(Outcome.WENT);
    } else if (!turn.now().isBefore(frame.deadline())) {
      String id = frame.step().head().id().name();
      Instant started = turn.step(id).startedAt();
      Duration waited = Duration.between(started == null ? turn.now() : started, turn.now());
      turn.pop(
          new Outcome.Failed(
              "it was not so within "
                  + Quantities.print(waited)
                  + (until instanceof Evaluation.Undecided undecided
                      ? ", " + undecided.reason()
                      : ""),
              Claims.causes(until)));
    } else {
      turn.replace(at(frame, Frame.Pausing.Stage.WAITED));
      turn.want(new Command.Wait(Clear.earlier(turn.now().plus(frame.every()), frame.deadline())));
    }
  }

  private void plain(Frame.Pausing frame) {
    if (turn.now().isBefore(frame.deadline())) {
      turn.replace(at(frame, Frame.Pausing.Stage.WAITED));
      turn.want(new Command.Wait(frame.deadline()));
    } else {
      turn.pop(Outcome.WENT);
    }
  }

  private static Frame.Pausing at(Frame.Pausing frame, Frame.Pausing.Stage stage) {
    return new Frame.Pausing(frame.step(), frame.locals(), frame.deadline(), frame.every(), stage);
  }
}
