package io.byteport.engine.journal;

import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is appended to the journals of runs, and what of it cannot wait. */
final class Appends {
  private final RunWriter writer;
  private final JournalCodec codec;

  Appends(RunWriter writer, JournalCodec codec) {
    this.writer = writer;
    this.codec = codec;
  }

  /**
   * Writes entries at once; to disk where the run cannot learn them a second time.
   *
   * @param answered a letter that is taken out of the run's inbox; null for none
   */
  void now(RunId run, List<? extends JournalEntry> entries, @Nullable Letter answered) {
    if (entries.isEmpty()) {
      return;
    }
    List<Line> lines = codec.lines(entries);
    writer.write(
        "write to the journal",
        run,
        answered != null || entries.stream().anyMatch(Appends::happensOnce),
        (connection, pen) -> {
          pen.append(connection, lines);
          if (answered != null) {
            SqlJournal.discard(connection, run, answered);
          }
          return true;
        });
  }

  /** Writes entries soon, unless one of them cannot wait. */
  void soon(RunId run, List<? extends JournalEntry> entries) {
    if (entries.stream().anyMatch(Appends::isHeardOutside)) {
      now(run, entries, null);
    } else if (!entries.isEmpty()) {
      writer.append(run, codec.lines(entries));
    }
  }

  /** Writes the last entries of a run, which has ended with the last that it has. */
  void last(RunId run, List<? extends JournalEntry> entries) {
    List<Line> lines = codec.lines(entries);
    writer.write(
        "end a run",
        run,
        true,
        (connection, pen) -> {
          boolean known = pen.hasTail() || !lines.isEmpty();
          pen.finish(connection, lines, known ? null : SqlJournal.lastAt(connection, run));
          return true;
        });
    writer.drop(run);
  }

  /** What a run cannot learn a second time: everything else it would read or conclude again. */
  private static boolean happensOnce(JournalEntry entry) {
    return entry instanceof Event.Approved
        || entry instanceof Event.SignalChanged
        || entry instanceof Event.HandOffEnded
        || entry instanceof Note.Finished;
  }

  /** What people are told of beside the journal, or a run cannot learn a second time. */
  private static boolean isHeardOutside(JournalEntry entry) {
    return happensOnce(entry) || entry instanceof Note.Announced || entry instanceof Note.Asked;
  }
}
