package io.byteport.engine.run;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.model.Step;
import org.jspecify.annotations.Nullable;

/** Says what could be done and does not do it, in a live run too. */
final class Propose {
  private final Turn turn;

  Propose(Turn turn) {
    this.turn = turn;
  }

  void begin(Step.Propose step, Locals locals) {
    ActionDescription action = Proceed.action(turn, step.use());
    Inputs inputs =
        Inputs.of(turn.program().runbook(), step.use(), action, turn.expressions(), locals);
    turn.push(new Frame.Proposing(step, locals));
    if (!inputs.refused().isEmpty()) {
      turn.pop(new Outcome.Failed(inputs.why()));
      return;
    }
    if (inputs.complete()) {
      turn.want(new Command.Plan(step.head().id().name(), action.name(), inputs.input()));
    } else {
      planned(step, Preview.of(action, inputs.input()));
    }
  }

  void go(Frame.Proposing frame, @Nullable Event event) {
    planned(
        frame.step(),
        event instanceof Event.Planned planned
            ? planned.command()
            : frame.step().use().action().name());
  }

  private void planned(Step.Propose step, String command) {
    String id = step.head().id().name();
    turn.step(
        id, turn.step(id).commanded(command).ended(Note.StepStatus.PLANNED, null, turn.now()));
    turn.become(turn.state().deeds().planned(new Deed(turn.now(), id, id, command)));
    turn.pop(Outcome.WENT);
  }
}
