package io.byteport.engine.run;

import io.byteport.dsl.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One move of the interpreter: the state as it goes from one event to the next command, and what is
 * noted on the way. Lives for one call and is used by one thread; the states that it passes through
 * are immutable.
 */
final class Turn {
  private final Program program;
  private final List<Note> notes = new ArrayList<>();
  private RunState state;
  private @Nullable Command command;
  private @Nullable Outcome outcome;
  private @Nullable Moment moment;

  Turn(Program program, RunState state) {
    this.program = program;
    this.state = state;
  }

  Program program() {
    return program;
  }

  RunState state() {
    return state;
  }

  Instant now() {
    return state.at();
  }

  Moment moment() {
    Moment current = moment;
    if (current == null) {
      current = new Moment(program, state);
      moment = current;
    }
    return current;
  }

  Expressions expressions() {
    return moment().expressions(false);
  }

  /** What is known of the steps to come: nothing. */
  Expressions ahead() {
    return moment().expressions(true);
  }

  void become(RunState next) {
    state = next;
    moment = null;
  }

  /** Where a run stands is nothing that an expression can see, so what was computed stays. */
  void become(Progress next) {
    state = state.with(next);
  }

  void become(Deeds next) {
    become(state.with(next));
  }

  /** Writes something down; what is only rehearsed is not. */
  void note(Note note) {
    if (!state.rehearsing()) {
      notes.add(note);
    }
  }

  List<Note> notes() {
    return notes;
  }

  /** Asks for something; the turn ends. */
  void want(Command wanted) {
    command = wanted;
  }

  @Nullable Command wanted() {
    return command;
  }

  void push(Frame frame) {
    become(state.progress().pushed(frame));
  }

  void replace(Frame frame) {
    become(state.progress().popped().pushed(frame));
  }

  /** The top frame is done. */
  void pop(Outcome left) {
    become(state.progress().popped());
    outcome = left;
  }

  /** What the frame above has left, once. */
  @Nullable Outcome returned() {
    Outcome left = outcome;
    outcome = null;
    return left;
  }

  void phase(Note.Phase phase) {
    phase(phase, state.progress().pass());
  }

  void phase(Note.Phase phase, int pass) {
    become(state.progress().in(phase, pass));
    note(new Note.PhaseEntered(now(), phase, pass));
  }

  StepRecord step(String id) {
    return state.step(id);
  }

  void step(String id, StepRecord record) {
    become(state.deeds().with(id, record));
  }

  /** What a read said. That a fact is still what it was is not told again. */
  void learn(String fact, Reading reading, boolean again) {
    if (again && reading.equals(state.knowledge().readings().get(fact))) {
      return;
    }
    become(state.with(state.knowledge().with(fact, reading)));
    Value value = reading.value();
    note(
        new Note.FactLearned(
            now(),
            fact,
            value == null ? null : Abridged.of(value),
            reading.unavailable(),
            again,
            null));
  }
}
