package io.byteport.engine.replay;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.engine.run.Command;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.Interpreter;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunState;
import io.byteport.engine.run.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One runbook that is fed the events of a run. Not safe for several threads. */
final class Side {
  private final Interpreter interpreter;
  private final List<Note> notes = new ArrayList<>();
  private RunState state;
  private @Nullable Command wanted;

  Side(Interpreter interpreter, CheckedRunbook runbook) {
    this.interpreter = interpreter;
    this.state = RunState.of(runbook);
  }

  void feed(Event event) {
    Transition transition = interpreter.next(state, event);
    state = transition.state();
    notes.addAll(transition.notes());
    wanted = transition.command();
  }

  /** What is wanted; null before the run is open. */
  @Nullable Command wanted() {
    return wanted;
  }

  Instant at() {
    return state.at();
  }

  /** What was concluded since this was asked last. */
  List<Note> takeNotes() {
    List<Note> taken = List.copyOf(notes);
    notes.clear();
    return taken;
  }
}
