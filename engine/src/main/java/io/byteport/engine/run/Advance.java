package io.byteport.engine.run;

import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Step;
import io.byteport.engine.eval.Evaluation;
import org.jspecify.annotations.Nullable;

/** Goes through a list of steps, one after the other, as long as there is something left to do. */
final class Advance {
  private final Turn turn;

  Advance(Turn turn) {
    this.turn = turn;
  }

  void go(Frame.Sequence frame, @Nullable Outcome outcome) {
    if (outcome instanceof Outcome.Failed || outcome instanceof Outcome.Ended) {
      turn.pop(outcome);
      return;
    }
    if (frame.next() >= frame.steps().size()) {
      turn.pop(Outcome.WENT);
      return;
    }
    if (frame.owner() == Frame.Owner.REMEDIATION && enough(frame)) {
      return;
    }
    Step step = frame.steps().get(frame.next());
    turn.replace(
        new Frame.Sequence(
            frame.owner(),
            frame.steps(),
            frame.next() + 1,
            frame.locals(),
            frame.lineage(),
            frame.inherited(),
            false));
    turn.push(
        new Frame.InStep(
            step,
            Frame.InStep.Stage.BEGUN,
            frame.locals(),
            frame.lineage(),
            frame.inherited(),
            turn.state().did().size(),
            turn.state().planned().size()));
  }

  /** Whether the remediation's {@code until} has an answer, or must first read what it reaches. */
  private boolean enough(Frame.Sequence frame) {
    Decision decision = turn.state().decision();
    Runbook.Remediation remediation =
        decision == null ? null : turn.program().runbook().remediate().get(decision.classId());
    if (remediation == null || remediation.until() == null) {
      return false;
    }
    if (frame.next() > 0 && !frame.reread() && turn.state().live()) {
      turn.replace(
          new Frame.Sequence(
              frame.owner(),
              frame.steps(),
              frame.next(),
              frame.locals(),
              frame.lineage(),
              frame.inherited(),
              true));
      if (new Learn(turn)
          .begin(Learn.reread(turn, remediation.until(), remediation.refresh()), true)) {
        return true;
      }
    }
    Evaluation until = turn.expressions().of(remediation.until(), frame.locals());
    if (until instanceof Evaluation.Undecided undecided) {
      turn.pop(
          new Outcome.Ended(
              Ending.bad(
                  "Whether it is enough cannot be decided: " + undecided.reason(),
                  undecided.causes())));
      return true;
    }
    if (until.isTrue()) {
      turn.pop(Outcome.SATISFIED);
      return true;
    }
    return false;
  }
}
