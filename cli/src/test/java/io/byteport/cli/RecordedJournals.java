package io.byteport.cli;

import io.byteport.engine.journal.JournalCodec;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunId;
import io.byteport.engine.sim.Rehearsal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes a state folder: a run that an old version has recorded, one of this version that was
 * played from the first case of the worker's tests ({@code test-run}), and one that was
 * interrupted.
 *
 * @param folder an empty one
 */
public record RecordedJournals(Path folder) {
  static final Path GIVEN = Path.of("src/test/resources/screens/given");
  private static final Path OLD =
      Path.of("../engine/src/test/resources/journal/format-1-resolved.jsonl");

  public void write() throws IOException {
    JournalCodec codec = new JournalCodec(Redactor.SHAPES_ONLY);
    List<JournalEntry> old = Files.readAllLines(OLD).stream().map(codec::read).toList();
    List<JournalEntry> played = played();
    try (SqlRunStore store = SqlRunStore.inFolder(folder, Redactor.SHAPES_ONLY)) {
      write(store, old);
      write(store, played);
      store.open(interrupted((Event.Opened) played.getFirst()));
    }
  }

  private static void write(SqlRunStore store, List<JournalEntry> journal) {
    Event.Opened opened = (Event.Opened) journal.getFirst();
    store.open(opened);
    List<JournalEntry> more = journal.subList(1, journal.size());
    if (more.getLast() instanceof Note.Finished) {
      store.close(opened.run(), more);
    } else {
      store.append(opened.run(), more);
    }
  }

  /** The journal of the first case, as a run would have written it. */
  static List<JournalEntry> played() throws IOException {
    Incidents.Told told =
        new Incidents(Language.load()).ofTest(GIVEN.resolve("busy_worker.test.yaml"), "1");
    Rehearsal.Result result =
        new Rehearsal().play(told.runbook(), told.given(), told.later(), Map.of());
    return ((Rehearsal.Played) result).run().journal();
  }

  private static Event.Opened interrupted(Event.Opened like) {
    return new Event.Opened(
        like.at().plusSeconds(60),
        new RunId("interrupted-run"),
        like.runbook(),
        like.runbookVersion(),
        like.runbookText(),
        io.byteport.engine.run.Mode.LIVE,
        like.signal(),
        like.params(),
        like.inputs().with("pod", io.byteport.dsl.value.Value.of("worker-7")),
        like.target(),
        "pod/jobs/worker-7");
  }
}
