package io.byteport.engine.run;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.ActionDescription.Effect;
import io.byteport.dsl.expr.Names;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.OnFailure;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.eval.Evaluation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the action of a step: once, or for each item of a list that is frozen at the start,
 * one after the other.
 */
final class Act {
  private final Turn turn;

  Act(Turn turn) {
    this.turn = turn;
  }

  void begin(Step.Act step, Locals locals, List<String> lineage) {
    List<Value> items = null;
    if (step.forEach() != null) {
      Evaluation list = turn.expressions().of(step.forEach(), locals);
      if (list instanceof Evaluation.Undecided undecided) {
        turn.push(
            new Frame.Acting(
                step, locals, lineage, List.of(), 0, List.of(), List.of(), List.of(), null, null));
        turn.pop(new Outcome.Failed(undecided.reason(), undecided.causes()));
        return;
      }
      items = Proceed.items(list.known().orElse(Value.NULL));
    }
    turn.push(
        new Frame.Acting(
            step, locals, lineage, items, 0, List.of(), List.of(), List.of(), null, null));
  }

  void go(Frame.Acting frame, @Nullable Outcome outcome) {
    List<Value> items = frame.items();
    if (items == null) {
      if (outcome == null) {
        execute(frame, null);
      } else {
        single(frame, outcome);
      }
      return;
    }
    Frame.Acting now = outcome == null ? frame : absorbed(frame, items, outcome);
    if (outcome instanceof Outcome.Ended ended) {
      close(now);
      turn.pop(ended);
      return;
    }
    boolean stops =
        now.budgetEnd() != null || (now.firstFailure() != null && !continues(frame.step()));
    if (stops || now.next() >= items.size()) {
      finish(now);
    } else {
      execute(now, items.get(now.next()));
    }
  }

  private boolean continues(Step.Act step) {
    return step.head().onFailure() instanceof OnFailure.Continue;
  }

  private void execute(Frame.Acting frame, @Nullable Value item) {
    Step.Act step = frame.step();
    String id = step.head().id().name();
    int run = turn.state().deeds().started().getOrDefault(id, 1);
    String key = (run > 1 ? id + "#" + run : id) + (item == null ? "" : "[" + frame.next() + "]");
    Locals locals = item == null ? frame.locals() : frame.locals().with(step.as(), item);
    turn.replace(
        new Frame.Acting(
            step,
            frame.locals(),
            frame.lineage(),
            frame.items(),
            frame.next() + 1,
            frame.done(),
            frame.failed(),
            frame.refused(),
            frame.firstFailure(),
            frame.budgetEnd()));
    ActionDescription action = Proceed.action(turn, step.use());
    if (action.effect() == Effect.READ) {
      new Look(turn).begin(step, key, locals, frame.lineage());
    } else {
      new Change(turn).begin(step, key, locals, frame.lineage());
    }
  }

  // ---- once

  private void single(Frame.Acting frame, Outcome outcome) {
    String id = id(frame);
    switch (outcome) {
      case Outcome.Did did -> {
        turn.step(
            id,
            turn.step(id)
                .returned(did.result(), did.changed())
                .commanded(did.command())
                .ended(Note.StepStatus.DONE, null, turn.now()));
        did(frame, frame.locals().with(Locals.RESULT, did.result()), did.command());
        turn.pop(Outcome.WENT);
      }
      case Outcome.Planned planned -> {
        planned(frame, planned.command());
        turn.pop(Outcome.WENT);
      }
      case Outcome.Refused refused -> {
        Note.StepStatus status =
            refused.then() == Guardrail.Then.SKIP
                ? Note.StepStatus.SKIPPED
                : Note.StepStatus.REFUSED;
        turn.step(id, turn.step(id).ended(status, refused.reason(), turn.now()));
        turn.pop(refused.then() == Guardrail.Then.SKIP ? Outcome.WENT : ended(refused));
      }
      case Outcome.Failed failed -> {
        if (turn.step(id).changed()) {
          StepRecord record = turn.step(id);
          did(frame, frame.locals().with(Locals.RESULT, record.result()), record.command());
        }
        turn.pop(failed);
      }
      case Outcome.Ended ended -> turn.pop(ended);
      case Outcome.Went went -> turn.pop(went);
      case Outcome.Satisfied satisfied -> turn.pop(satisfied);
    }
  }

  private static Outcome ended(Outcome.Refused refused) {
    return new Outcome.Ended(
        Ending.refused(RunResult.ESCALATED, refused.by(), refused.reason(), refused.undecided()));
  }

  private static String id(Frame.Acting frame) {
    return frame.step().head().id().name();
  }

  private void did(Frame.Acting frame, Locals locals, @Nullable String command) {
    String text = Proceed.name(turn, frame.step().head(), locals);
    turn.become(turn.state().deeds().did(new Deed(turn.now(), id(frame), text, command)));
  }

  private void planned(Frame.Acting frame, @Nullable String command) {
    String id = id(frame);
    turn.step(
        id, turn.step(id).commanded(command).ended(Note.StepStatus.PLANNED, null, turn.now()));
    if (command != null) {
      turn.become(turn.state().deeds().planned(new Deed(turn.now(), id, id, command)));
    }
  }

  // ---- for each item

  private Frame.Acting absorbed(Frame.Acting frame, List<Value> items, Outcome outcome) {
    Value item = items.get(frame.next() - 1);
    List<Value> done = frame.done();
    List<Value> failed = frame.failed();
    List<Value> refused = frame.refused();
    String failure = frame.firstFailure();
    Ending budgetEnd = frame.budgetEnd();
    int next = frame.next();
    switch (outcome) {
      case Outcome.Did did -> {
        done = plus(done, "item", item, "result", did.result());
        changed(frame, did);
      }
      case Outcome.Planned planned -> {
        done = plus(done, "item", item, "result", Value.NULL);
        command(frame, planned.command());
      }
      case Outcome.Failed one -> {
        failed = plus(failed, "item", item, "error", Value.of(one.reason()));
        failure = failure == null ? one.reason() : failure;
      }
      case Outcome.Refused one -> {
        refused = plus(refused, "item", item, "by", Value.of(one.by()));
        boolean rest =
            !one.protectedItem() && (one.budget() || one.then() == Guardrail.Then.ESCALATE);
        if (rest) {
          for (Value left : items.subList(next, items.size())) {
            refused = plus(refused, "item", left, "by", Value.of(one.by()));
          }
          next = items.size();
          StepRecord record = turn.step(id(frame));
          turn.step(id(frame), record.ended(record.status(), one.reason(), turn.now()));
          if (one.then() == Guardrail.Then.ESCALATE) {
            Ending ending =
                Ending.refused(RunResult.ESCALATED, one.by(), one.reason(), one.undecided());
            budgetEnd = done.isEmpty() ? ending : ending.onlyVerified();
          }
        } else {
          StepRecord record = turn.step(id(frame));
          turn.step(id(frame), record.ended(record.status(), one.reason(), turn.now()));
        }
      }
      case Outcome.Ended ended -> {}
      case Outcome.Went went -> {}
      case Outcome.Satisfied satisfied -> {}
    }
    return new Frame.Acting(
        frame.step(),
        frame.locals(),
        frame.lineage(),
        items,
        next,
        done,
        failed,
        refused,
        failure,
        budgetEnd);
  }

  private void changed(Frame.Acting frame, Outcome.Did did) {
    String id = id(frame);
    StepRecord record = turn.step(id);
    turn.step(id, record.returned(record.result(), record.changed() || did.changed()));
    command(frame, did.command());
  }

  /** The commands of all items, one a line. */
  private void command(Frame.Acting frame, @Nullable String command) {
    if (command != null) {
      String id = id(frame);
      String before = turn.step(id).command();
      turn.step(id, turn.step(id).commanded(before == null ? command : before + "\n" + command));
    }
  }

  private static List<Value> plus(
      List<Value> list, String one, Value first, String two, Value second) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put(one, first);
    fields.put(two, second);
    List<Value> more = new ArrayList<>(list);
    more.add(Value.of(fields));
    return List.copyOf(more);
  }

  private StructValue close(Frame.Acting frame) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("done", Value.of(frame.done()));
    fields.put("failed", Value.of(frame.failed()));
    fields.put("refused", Value.of(frame.refused()));
    StructValue result = Value.of(fields);
    String id = id(frame);
    StepRecord record = turn.step(id);
    turn.step(id, record.returned(result, record.changed()));
    if (turn.state().live() && !frame.done().isEmpty()) {
      turn.become(
          turn.state()
              .deeds()
              .did(new Deed(turn.now(), id, text(frame, result), turn.step(id).command())));
    }
    return result;
  }

  /** A name that speaks of the item is said for each that was done. */
  private String text(Frame.Acting frame, StructValue result) {
    ValueExpr name = frame.step().head().name();
    if (name instanceof ValueExpr.Interpolated template && speaksOf(template, frame.step().as())) {
      return frame.done().stream()
          .map(
              done -> {
                StructValue one = (StructValue) done;
                return turn.expressions()
                    .text(
                        name,
                        frame
                            .locals()
                            .with(frame.step().as(), one.get("item"))
                            .with(Locals.RESULT, one.get("result")));
              })
          .distinct()
          .collect(Collectors.joining(", "));
    }
    return Proceed.name(turn, frame.step().head(), frame.locals().with(Locals.RESULT, result));
  }

  private static boolean speaksOf(ValueExpr.Interpolated template, String item) {
    return template.template().parts().stream()
        .anyMatch(
            part ->
                part instanceof io.byteport.dsl.expr.Template.Hole hole
                    && Names.of(hole.expr()).roots().contains(item));
  }

  private void finish(Frame.Acting frame) {
    String id = id(frame);
    close(frame);
    StepRecord record = turn.step(id);
    Ending budgetEnd = frame.budgetEnd();
    if (budgetEnd != null) {
      Note.StepStatus status =
          frame.done().isEmpty() ? Note.StepStatus.REFUSED : Note.StepStatus.DONE;
      turn.step(id, record.ended(status, budgetEnd.reason(), turn.now()));
      turn.pop(new Outcome.Ended(budgetEnd));
      return;
    }
    String failure = frame.firstFailure();
    if (failure != null && (!continues(frame.step()) || frame.done().isEmpty())) {
      turn.pop(new Outcome.Failed(failure));
      return;
    }
    Note.StepStatus status = status(frame);
    turn.step(id, record.ended(status, reason(frame, record), turn.now()));
    if (status == Note.StepStatus.PLANNED && record.command() != null) {
      turn.become(turn.state().deeds().planned(new Deed(turn.now(), id, id, record.command())));
    }
    turn.pop(Outcome.WENT);
  }

  private Note.StepStatus status(Frame.Acting frame) {
    if (!frame.done().isEmpty()) {
      boolean read = Proceed.action(turn, frame.step().use()).effect() == Effect.READ;
      return turn.state().live() || read ? Note.StepStatus.DONE : Note.StepStatus.PLANNED;
    }
    return frame.refused().isEmpty() ? Note.StepStatus.SKIPPED : Note.StepStatus.REFUSED;
  }

  private static @Nullable String reason(Frame.Acting frame, StepRecord record) {
    if (!frame.done().isEmpty()) {
      return frame.refused().isEmpty() ? null : record.reason();
    }
    return frame.refused().isEmpty() ? "there is nothing to do it for" : record.reason();
  }
}
