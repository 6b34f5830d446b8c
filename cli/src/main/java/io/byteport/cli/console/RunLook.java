package io.byteport.cli.console;

import io.byteport.cli.agent.AgentView.Told;
import io.byteport.engine.journal.Question;
import io.byteport.engine.journal.RunSummary;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunReport;
import java.util.List;
import java.util.Optional;

/**
 * All that is shown of a run.
 *
 * @param questions that it asks now
 * @param told to people about it
 * @param playable whether there is a file of evidence to have
 */
record RunLook(
    RunSummary summary,
    List<JournalEntry> entries,
    List<Question> questions,
    List<Told> told,
    boolean playable) {
  RunLook {
    entries = List.copyOf(entries);
    questions = List.copyOf(questions);
    told = List.copyOf(told);
  }

  Optional<Event.Opened> opened() {
    return last(Event.Opened.class);
  }

  Optional<RunReport> report() {
    return last(Note.Finished.class).map(Note.Finished::report);
  }

  Optional<Note.Classified> decision() {
    return last(Note.Classified.class);
  }

  Optional<Note.PhaseEntered> phase() {
    return last(Note.PhaseEntered.class);
  }

  /** The plan that was shown last to who approves. */
  Optional<Note.Asked> asked() {
    return last(Note.Asked.class);
  }

  private <T> Optional<T> last(Class<T> type) {
    return entries.reversed().stream().filter(type::isInstance).map(type::cast).findFirst();
  }
}
