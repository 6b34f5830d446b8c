package io.byteport.engine.run;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.guardrail.Ruling;
import io.byteport.engine.guardrail.Standing;
import java.util.List;
import java.util.Optional;

/**
 * Plans one change in a dry run: the ledger is looked at, nothing is taken, and only the command is
 * wanted.
 */
final class Rehearse {
  private final Turn turn;

  Rehearse(Turn turn) {
    this.turn = turn;
  }

  void plan(Frame.Changing frame, Inputs inputs, List<Claim> claims) {
    ActionDescription action = Proceed.action(turn, frame.step().use());
    if (!inputs.complete()) {
      String command = Preview.of(action, inputs.input());
      new Rehearsal(turn).commanded(command);
      turn.pop(new Outcome.Planned(command));
      return;
    }
    Frame.Changing known = frame.given(inputs.input(), claims);
    if (claims.isEmpty()) {
      describe(known);
    } else {
      turn.replace(known.at(Frame.Changing.Stage.LEDGER_ASKED));
      turn.want(new Command.CheckGuardrails(claims, false));
    }
  }

  private void describe(Frame.Changing frame) {
    turn.replace(frame.at(Frame.Changing.Stage.PLANNING));
    turn.want(new Command.Plan(frame.key(), frame.step().use().action().name(), frame.input()));
  }

  /** What was planned before uses up its part of a limit, as it would if it were done. */
  void checked(Frame.Changing frame, List<Standing> standings) {
    List<Standing> counted = standings.stream().map(this::counted).toList();
    Optional<Ruling> refusal = new Change(turn).speaking(frame, counted);
    if (refusal.isPresent()) {
      new Rehearsal(turn).withdrawn();
      turn.pop(Change.refused(refusal.get()));
      return;
    }
    Optional<Ending> usedUp = new Allowance(turn).judge(counted, frame.key());
    if (usedUp.isPresent()) {
      new Rehearsal(turn).withdrawn();
      turn.pop(new Outcome.Ended(usedUp.get()));
      return;
    }
    counted.stream()
        .map(Standing::claim)
        .map(Claim::key)
        .distinct()
        .forEach(key -> turn.become(turn.state().deeds().plannedUnit(key)));
    describe(frame);
  }

  private Standing counted(Standing standing) {
    if (!(standing.claim() instanceof Claim.Limit limit)) {
      return standing;
    }
    int used = standing.used() + turn.state().deeds().plannedUnits().getOrDefault(limit.key(), 0);
    return new Standing(
        limit,
        standing.granted() && used < limit.limit(),
        used,
        standing.history(),
        standing.holder(),
        standing.freeAt());
  }
}
