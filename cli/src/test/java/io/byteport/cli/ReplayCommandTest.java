package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.source.SourceFile;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.Interpreter;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Links;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code byteport replay} over the two runs of the first demonstration. */
class ReplayCommandTest {
  @TempDir private static Path folder;
  private static String state = "";

  @BeforeAll
  static void recordTwoRuns() {
    state = folder.resolve("state").toString();
    assertThat(Program.run("demo", "oom", "-o", "json", "--state", state).status()).isZero();
  }

  @Test
  void a_run_replayed_with_its_own_runbook_makes_the_same_transitions() {
    Program replay = Program.run("replay", "--state", state);
    assertThat(replay.err()).isEmpty();
    assertThat(replay.out()).containsPattern("same transitions \\([0-9]+\\)");
    assertThat(replay.status()).isZero();
  }

  @Test
  void an_edited_runbook_that_wants_something_else_parts_where_it_does_so() throws IOException {
    Path edited = edited("default: 1.5", "default: 1.25");
    Program replay = Program.run("replay", first(), "--with", edited.toString(), "--state", state);
    assertThat(replay.status()).isEqualTo(ExitStatus.FINDINGS);
    assertThat(replay.out())
        .containsPattern("parts at entry [0-9]+, 2026-01-05T10:")
        .containsPattern("- changes raise_memory: .* limit=384Mi")
        .containsPattern("\\+ changes raise_memory: .* limit=320Mi")
        .contains("  guardrail memory_ceiling: allowed");
  }

  @Test
  void an_edited_rule_shows_the_verdicts_of_both() throws IOException {
    Path edited = edited("when: killedForMemory or", "when: false and killedForMemory or");
    Program replay = Program.run("replay", first(), "--with", edited.toString(), "--state", state);
    assertThat(replay.status()).isEqualTo(ExitStatus.FINDINGS);
    assertThat(replay.out())
        .contains(
            "- rule oom_at_startup: true",
            "+ rule oom_at_startup: false",
            "- class oom_at_startup, confidence 0.93");
  }

  @Test
  void a_read_that_the_recording_lacks_is_named_and_unavailable() throws IOException {
    Path edited =
        edited(
            "diagnose:\n",
            "diagnose:\n  other:\n    uses: kubectl.describe\n    with:\n      object: {kind: Pod,"
                + " namespace: default, name: other}\n");
    Program replay = Program.run("replay", first(), "--with", edited.toString(), "--state", state);
    assertThat(replay.out())
        .contains("unavailable other (kubectl.describe): was not read in the recorded run")
        .contains("same transitions");
    assertThat(replay.status()).isZero();
  }

  @Test
  void all_runs_are_replayed_into_a_table_with_a_sum() throws IOException {
    assertThat(Program.run("replay", "--all", "--state", state).out())
        .contains("2 runs: 2 same, 0 parted");
    Path edited = edited("default: 1.5", "default: 1.25");
    Program parted = Program.run("replay", "--all", "--with", edited.toString(), "--state", state);
    assertThat(parted.status()).isEqualTo(ExitStatus.FINDINGS);
    assertThat(parted.out()).contains("2 runs: 0 same, 2 parted");
    assertThat(Program.run("replay", "--all", "--since", "1h", "--state", state).out())
        .contains("0 runs");
    assertThat(Program.run("replay", "--all", "--since", "soon", "--state", state).status())
        .isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void programs_read_the_place_and_both_sides_as_json() throws IOException {
    Path edited = edited("default: 1.5", "default: 1.25");
    Program replay =
        Program.run("replay", first(), "--with", edited.toString(), "-o", "json", "--state", state);
    JsonNode told = JsonMapper.shared().readTree(replay.out()).get(0);
    assertThat(told.get("same").asBoolean()).isFalse();
    assertThat(told.at("/parting/entry").asInt()).isPositive();
    assertThat(told.at("/parting/now").toString()).contains("320Mi");
  }

  @ParameterizedTest
  @ValueSource(strings = {"format-1-resolved.jsonl", "format-1-escalated.jsonl"})
  void a_journal_of_the_first_format_is_folded_to_the_end_that_it_recorded(String file)
      throws IOException {
    List<JournalEntry> entries =
        RecordedFile.read(Path.of("../engine/src/test/resources/journal").resolve(file));
    Event.Opened opened = (Event.Opened) entries.getFirst();
    CheckedRunbook runbook =
        Language.load()
            .loader()
            .load(new SourceFile("old.yaml", opened.runbookText()))
            .value()
            .orElseThrow();

    RunState state = new Interpreter(new Evaluator(), Links.NONE).fold(runbook, entries);

    Note.Finished finished = (Note.Finished) entries.getLast();
    assertThat(state.finished()).isTrue();
    assertThat(state.pending().orElseThrow().toString())
        .contains(finished.report().result().name(), String.valueOf(finished.report().classId()));
  }

  private static String first() {
    JsonNode runs =
        JsonMapper.shared().readTree(Program.run("runs", "-o", "json", "--state", state).out());
    return runs.get(1).get("id").asString();
  }

  /** A copy of the runbook beside copies of what it includes, in one of which something changes. */
  private static Path edited(String before, String after) throws IOException {
    Path copies = Files.createTempDirectory(folder, "edited");
    Path runbook = Path.of("../runbooks-yaml/kubernetes/crashloopbackoff_v2.yaml");
    List<Path> files = new ArrayList<>(List.of(runbook));
    try (Stream<Path> beside = Files.list(Path.of("../runbooks-yaml/kubernetes"))) {
      beside.filter(Library::isShared).sorted().forEach(files::add);
    }
    boolean changed = false;
    for (Path file : files) {
      String text = Files.readString(file);
      boolean here = !changed && text.contains(before);
      changed |= here;
      Files.writeString(
          copies.resolve(file.getFileName().toString()),
          here ? text.replaceFirst(java.util.regex.Pattern.quote(before), after) : text);
    }
    assertThat(changed).isTrue();
    return copies.resolve(runbook.getFileName().toString());
  }
}
