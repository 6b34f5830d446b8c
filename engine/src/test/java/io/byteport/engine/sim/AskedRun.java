package io.byteport.engine.sim;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.guardrail.Standing;
import io.byteport.engine.run.ActionResult;
import io.byteport.engine.run.Command;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.IntentId;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.Preview;
import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunState;
import io.byteport.engine.run.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A run that stops wherever a human is asked, so that a test can answer, or change the world. */
final class AskedRun {
  final List<JournalEntry> journal = new ArrayList<>();
  final List<String> changes = new ArrayList<>();
  private final CheckedRunbook runbook;
  private StructValue box;
  private RunState state;
  private Command wanted;
  private Instant now = Lab.START;

  AskedRun(CheckedRunbook runbook, Event.Opened opened, StructValue box) {
    this.runbook = runbook;
    this.box = box;
    this.state = RunState.of(runbook);
    this.wanted = feed(opened);
    play();
  }

  /** The box is otherwise from now on. */
  AskedRun becomes(Object... fields) {
    box = Lab.struct(fields);
    return this;
  }

  Command.Ask asks() {
    if (wanted instanceof Command.Ask ask) {
      return ask;
    }
    throw new AssertionError("nothing is asked, but wanted: " + wanted);
  }

  RunReport report() {
    if (wanted instanceof Command.Finish finish) {
      return finish.report();
    }
    throw new AssertionError("not over, but wanted: " + wanted);
  }

  RunState state() {
    return state;
  }

  AskedRun yes() {
    return answer(true, asks().hash(), null);
  }

  AskedRun answer(boolean approved, String hash, String reason) {
    now = now.plusSeconds(60);
    wanted = feed(new Event.Approved(now, asks().guardrail(), approved, "anna", hash, reason));
    play();
    return this;
  }

  AskedRun nobody() {
    now = asks().until();
    wanted = feed(new Event.TimeReached(now, now));
    play();
    return this;
  }

  <T extends JournalEntry> List<T> all(Class<T> type) {
    return journal.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private Command feed(Event event) {
    Transition transition = Lab.INTERPRETER.next(state, event);
    state = transition.state();
    journal.add(event);
    journal.addAll(transition.notes());
    return transition.command();
  }

  private void play() {
    while (!(wanted instanceof Command.Ask) && !(wanted instanceof Command.Finish)) {
      wanted = feed(answer(wanted));
    }
  }

  private Event answer(Command command) {
    return switch (command) {
      case Command.Read read ->
          new Event.Observed(
              now,
              read.calls().stream()
                  .map(
                      call -> new Event.Observation(call.read(), new ActionResult.Done(box, false)))
                  .toList());
      case Command.CheckGuardrails check ->
          new Event.GuardrailsChecked(
              now,
              check.claims().stream()
                  .map(claim -> new Standing(claim, true, 0, List.of(), null, null))
                  .toList());
      case Command.Plan plan ->
          new Event.Planned(
              now,
              plan.step(),
              Preview.of(runbook.catalogue().action(plan.action()).orElseThrow(), plan.input()));
      case Command.Change change -> change(change);
      case Command.CheckSettled check ->
          new Event.SettleChecked(now, check.intent().intent(), true, null);
      case Command.Wait wait -> {
        now = wait.until();
        yield new Event.TimeReached(now, now);
      }
      default -> throw new AssertionError("not expected: " + command);
    };
  }

  private Event change(Command.Change change) {
    IntentId intent = new IntentId("intent-" + (changes.size() + 1));
    changes.add(change.step());
    feed(
        new Event.ChangeIntended(
            now,
            intent,
            change.step(),
            change.action(),
            change.input(),
            StructValue.EMPTY,
            change.step(),
            List.of()));
    return new Event.ChangeFinished(now, intent, new ActionResult.Done(Value.NULL, true), false);
  }

  /** What was noted of answers that did not count. */
  List<String> ignored() {
    return all(Note.AnswerIgnored.class).stream().map(Note.AnswerIgnored::reason).toList();
  }
}
