package io.byteport.engine.run;

import io.byteport.dsl.model.Step;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.value.Value;
import io.byteport.engine.eval.Evaluation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hands the incident to another runbook, and either ends with that or waits for what comes of it.
 */
final class Await {
  private final Turn turn;

  Await(Turn turn) {
    this.turn = turn;
  }

  void begin(Step.HandOff step, Locals locals) {
    turn.push(new Frame.Awaiting(step));
    String id = step.head().id().name();
    Map<String, String> labels = new LinkedHashMap<>();
    List<Evaluation.Undecided> undecided = new ArrayList<>();
    step.with()
        .forEach(
            (label, entry) -> {
              switch (turn.expressions().value(entry.value(), locals)) {
                case Evaluation.Known known when !known.value().isNull() ->
                    labels.put(label, printed(entry.value(), locals));
                case Evaluation.Known nothing -> {}
                case Evaluation.Undecided not -> undecided.add(not);
              }
            });
    if (!undecided.isEmpty()) {
      Evaluation.Undecided all = Evaluation.merged(undecided);
      turn.pop(new Outcome.Failed(all.reason(), all.causes()));
    } else if (step.await() == null) {
      handOver(step, labels);
    } else if (!turn.state().live()) {
      turn.step(id, turn.step(id).ended(Note.StepStatus.PLANNED, null, turn.now()));
      turn.pop(Outcome.WENT);
    } else {
      Duration await = turn.expressions().duration(step.await(), locals).orElse(Duration.ZERO);
      turn.want(new Command.HandOff(id, step.signal().name(), labels, turn.now().plus(await)));
    }
  }

  private String printed(ValueExpr value, Locals locals) {
    return turn.expressions().text(value, locals);
  }

  private void handOver(Step.HandOff step, Map<String, String> labels) {
    String id = step.head().id().name();
    turn.step(id, turn.step(id).ended(Note.StepStatus.DONE, null, turn.now()));
    turn.pop(
        new Outcome.Ended(
            new Ending(
                RunResult.HANDED_OFF,
                "Handed to the runbook of `" + step.signal() + "`",
                null,
                List.of(),
                false,
                false,
                new RunReport.HandOff(step.signal().name(), labels))));
  }

  void go(Frame.Awaiting frame, @Nullable Event event) {
    String id = frame.step().head().id().name();
    if (event instanceof Event.HandOffEnded ended) {
      Map<String, Value> result = new LinkedHashMap<>();
      RunResult how = ended.result();
      RunId run = ended.run();
      result.put("run", run == null ? Value.NULL : Value.of(run.value()));
      result.put("result", how == null ? Value.NULL : Value.of(how.word()));
      result.put("reason", Value.of(ended.reason()));
      turn.step(id, turn.step(id).returned(Value.of(result), false));
      turn.pop(how == RunResult.RESOLVED ? Outcome.WENT : new Outcome.Failed(ended.reason()));
    } else {
      turn.pop(
          new Outcome.Failed("the run for `" + frame.step().signal() + "` has not ended in time"));
    }
  }
}
