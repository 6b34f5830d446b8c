package io.byteport.engine.run;

import java.util.List;

/**
 * What comes next in one run after all that has happened to it. Immutable and without I/O: the
 * driver holds one and is told by it what to do. {@link InterpretedCourse} is that of a runbook.
 */
public interface Course {

  /** What follows from one more event. */
  Next next(Event event);

  /**
   * What a driver does that has only the journal: the same as was wanted last, but an intent
   * without an outcome is resolved before anything else.
   */
  Command resume();

  /**
   * @param course after the event
   * @param notes what was concluded, for the journal
   */
  record Next(Course course, List<Note> notes, Command command) {
    public Next {
      notes = List.copyOf(notes);
    }
  }

  /** Begins courses. */
  @FunctionalInterface
  interface Beginning {

    /**
     * The course of a run before its first event, of the runbook whose text the event holds.
     *
     * @throws IllegalArgumentException if the runbook cannot be read
     */
    Course before(Event.Opened opened);
  }
}
