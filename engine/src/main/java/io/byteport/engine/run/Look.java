package io.byteport.engine.run;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.value.Quantities;
import io.byteport.dsl.value.Value;
import io.byteport.engine.guardrail.Ruling;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads within a step, once or until what it sees is as wanted. */
final class Look {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Turn turn;

  Look(Turn turn) {
    this.turn = turn;
  }

  void begin(Step.Act step, String key, Locals locals, List<String> lineage) {
    ActionDescription action = Proceed.action(turn, step.use());
    Inputs inputs =
        Inputs.of(turn.program().runbook(), step.use(), action, turn.expressions(), locals);
    Instant deadline =
        step.until() == null
            ? null
            : turn.now()
                .plus(turn.expressions().duration(step.within(), locals).orElse(Duration.ZERO));
    Duration every = turn.expressions().duration(step.every(), locals).orElse(Proceed.EVERY);
    turn.push(new Frame.Looking(step, key, locals, inputs.input(), deadline, every, null, null));
    if (!inputs.complete()) {
      turn.pop(new Outcome.Failed(inputs.why(), inputs.undecided()));
      return;
    }
    Rulings judge = new Rulings(turn);
    Optional<Ruling> refusal =
        judge.speaking(judge.of(step, action, lineage, locals.with(Locals.WITH, inputs.input())));
    if (refusal.isPresent()) {
      judge.note(refusal.get(), key);
      turn.pop(Change.refused(refusal.get()));
      return;
    }
    read(step, key, inputs.input(), locals);
  }

  private void read(Step.Act step, String key, Value.StructValue input, Locals locals) {
    Duration timeout = turn.expressions().duration(step.use().timeout(), locals).orElse(TIMEOUT);
    turn.want(
        new Command.Read(
            List.of(new Command.ReadCall(key, step.use().action().name(), input, timeout))));
  }

  void go(Frame.Looking frame, @Nullable Event event) {
    if (!(event instanceof Event.Observed observed)) {
      read(frame.step(), frame.key(), frame.input(), frame.locals());
      return;
    }
    ActionResult result =
        observed.observations().stream()
            .filter(one -> one.read().equals(frame.key()))
            .map(Event.Observation::result)
            .findFirst()
            .orElse(null);
    switch (result) {
      case ActionResult.Done done -> seen(frame, done.output());
      case ActionResult.Failed failed -> notSeen(frame, frame.last(), failed.reason());
      case null -> notSeen(frame, frame.last(), "was not answered");
    }
  }

  private void seen(Frame.Looking frame, Value value) {
    boolean enough =
        frame.step().until() == null
            || turn.expressions()
                .of(frame.step().until(), frame.locals().with(Locals.RESULT, value))
                .isTrue();
    if (enough) {
      turn.pop(new Outcome.Did(value, false, null));
    } else {
      notSeen(frame, value, null);
    }
  }

  private void notSeen(Frame.Looking frame, @Nullable Value last, @Nullable String error) {
    Instant deadline = frame.deadline();
    if (last != null && frame.step().forEach() == null) {
      String id = frame.step().head().id().name();
      turn.step(id, turn.step(id).returned(last, false));
    }
    if (deadline == null) {
      turn.pop(new Outcome.Failed(error == null ? "nothing was seen" : error));
    } else if (!turn.state().live() && error == null) {
      // a dry run does not wait for what it has not brought about
      turn.pop(new Outcome.Planned(null));
    } else if (!turn.now().isBefore(deadline)) {
      turn.pop(new Outcome.Failed(error == null ? inVain(frame) : error));
    } else {
      turn.replace(
          new Frame.Looking(
              frame.step(),
              frame.key(),
              frame.locals(),
              frame.input(),
              deadline,
              frame.every(),
              last,
              error));
      turn.want(new Command.Wait(Clear.earlier(turn.now().plus(frame.every()), deadline)));
    }
  }

  private String inVain(Frame.Looking frame) {
    Duration within =
        turn.expressions().duration(frame.step().within(), frame.locals()).orElse(Duration.ZERO);
    return "it was not so within " + Quantities.print(within);
  }
}
