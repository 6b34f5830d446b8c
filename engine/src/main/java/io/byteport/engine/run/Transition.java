package io.byteport.engine.run;

import java.util.List;

/**
 * One step of the interpreter.
 *
 * @param state the run after the event
 * @param notes what was concluded, for the journal
 * @param command what is wanted next
 */
public record Transition(RunState state, List<Note> notes, Command command) {
  public Transition {
    notes = List.copyOf(notes);
  }
}
