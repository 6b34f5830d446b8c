package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.RunSummary;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Note;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an action said while it was going on, in the commands that read the journal. */
class SaidLinesTest {
  @TempDir private static Path recorded;
  private static String state = "";

  @TempDir private Path folder;

  @BeforeAll
  static void record() {
    Path played = recorded.resolve("played");
    assertThat(Program.run("demo", "oom", "-o", "json", "--state", played.toString()).status())
        .isZero();
    List<JournalEntry> entries;
    try (SqlRunStore store = SqlRunStore.inFolder(played.resolve("demo"), Redactor.SHAPES_ONLY)) {
      RunSummary first = store.runs(10).getLast();
      entries = new ArrayList<>(store.entries(first.id()));
    }
    JournalEntry outcome =
        entries.stream().filter(Event.ChangeFinished.class::isInstance).findFirst().orElseThrow();
    entries.add(
        entries.indexOf(outcome),
        new Note.Said(outcome.at(), "raise_memory", List.of("patched", "1 of 1 pods is ready")));
    Event.Opened opened = (Event.Opened) entries.getFirst();
    state = recorded.resolve("state").toString();
    try (SqlRunStore store = SqlRunStore.inFolder(Path.of(state), Redactor.SHAPES_ONLY)) {
      assertThat(store.open(opened)).isEmpty();
      store.close(opened.run(), entries.subList(1, entries.size()));
    }
  }

  @Test
  void a_recorded_run_shows_them_between_the_intent_and_its_outcome() {
    Program shown = Program.run("runs", "show", "--state", state);

    assertThat(shown.out())
        .containsSubsequence(
            "intent", "\n            patched\n            1 of 1 pods is ready\n", "outcome");
    assertThat(Program.run("runs", "show", "--state", state, "--color", "always").out())
        .contains("            \u001b[2mpatched\u001b[");
  }

  @Test
  void they_stand_in_the_journal_as_json() {
    assertThat(Program.run("runs", "show", "-o", "json", "--state", state).out())
        .contains("\"$type\":\"said\"", "1 of 1 pods is ready");
  }

  @Test
  void a_replay_does_not_depend_on_them() {
    Program replay = Program.run("replay", "--state", state);

    assertThat(replay.err()).isEmpty();
    assertThat(replay.status()).isZero();
  }

  @Test
  void evidence_that_is_exported_and_imported_keeps_them() throws IOException {
    Path file = folder.resolve("incident.test.yaml");
    Program export = Program.run("runs", "export", "-o", file.toString(), "--state", state);
    assertThat(export.err()).isEmpty();
    assertThat(Files.readString(file)).contains("1 of 1 pods is ready");

    String other = folder.resolve("other").toString();
    Program imported = Program.run("runs", "import", file.toString(), "--state", other);
    assertThat(imported.err()).isEmpty();
    assertThat(Program.run("runs", "show", "--state", other).out())
        .contains("1 of 1 pods is ready");
    assertThat(Program.run("store", "check", "--state", other).status()).isZero();
  }
}
