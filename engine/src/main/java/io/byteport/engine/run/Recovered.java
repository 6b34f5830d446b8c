package io.byteport.engine.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the journal of a run says about where it stands.
 *
 * @param course after all recorded events
 * @param outcomes when each intent of which an outcome is recorded ended
 * @param perhapsNotSent notices and questions after the last event, so that a crash may have come
 *     before people were told
 */
record Recovered(Course course, Map<IntentId, Instant> outcomes, List<Note> perhapsNotSent) {

  Recovered {
    outcomes = Map.copyOf(outcomes);
    perhapsNotSent = List.copyOf(perhapsNotSent);
  }

  /** Folds a journal; notes follow from events and are passed over. */
  static Recovered of(Course before, List<JournalEntry> entries) {
    Course course = before;
    Map<IntentId, Instant> outcomes = new LinkedHashMap<>();
    List<Note> perhapsNotSent = new ArrayList<>();
    for (JournalEntry entry : entries) {
      if (entry instanceof Event event) {
        course = course.next(event).course();
        perhapsNotSent.clear();
      }
      if (entry instanceof Event.ChangeFinished finished) {
        outcomes.put(finished.intent(), finished.at());
      }
      if (entry instanceof Note.Announced || entry instanceof Note.Asked) {
        perhapsNotSent.add((Note) entry);
      }
    }
    return new Recovered(course, outcomes, perhapsNotSent);
  }

  /**
   * The first entry of a journal.
   *
   * @throws IllegalStateException if that does not open a run
   */
  static Event.Opened opening(List<JournalEntry> entries) {
    if (entries.isEmpty() || !(entries.getFirst() instanceof Event.Opened opened)) {
      throw new IllegalStateException("the journal does not begin with an opening");
    }
    return opened;
  }

  /** The report in a journal, where the run has come to one. */
  static Optional<RunReport> report(List<JournalEntry> entries) {
    return entries.stream()
        .filter(Note.Finished.class::isInstance)
        .map(entry -> ((Note.Finished) entry).report())
        .findFirst();
  }
}
