package io.byteport.dsl.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.check.Catalogues;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.SourceReader;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class IncludedTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "golden", "include");

  private static CheckedRunbook load(String name) {
    SourceFile file = SourceReader.read(FOLDER.resolve(name)).value().orElseThrow();
    return Shared.load(file).value().orElseThrow();
  }

  @Test
  void what_nothing_names_is_no_part_of_the_runbook() {
    Runbook runbook = load("clean.yaml").runbook();
    assertThat(runbook.params()).containsOnlyKeys("factor");
    assertThat(runbook.guardrails()).containsOnlyKeys("few_changes");
    assertThat(runbook.diagnose()).containsOnlyKeys("pod", "workload", "killedForMemory");
  }

  @Test
  void keys_beside_include_take_the_place_of_those_of_the_library() {
    Runbook runbook = load("single-keys.yaml").runbook();
    Runbook.Detector detector = Objects.requireNonNull(runbook.detectors().get("pod_restarts"));
    assertThat(detector.doc()).isEqualTo("A container restarts again and again");
    assertThat(detector.severity()).isNotNull();
    assertThat(Objects.requireNonNull(runbook.params().get("factor")).doc())
        .isEqualTo("How far a limit is raised");
  }

  @Test
  void what_a_library_changes_of_another_is_changed_for_those_who_include_both() {
    Runbook runbook = load("changed-by-a-library.yaml").runbook();
    assertThat(String.valueOf(runbook.diagnose().get("workload"))).contains("7s");
  }

  @Test
  void what_is_recorded_of_a_runbook_is_loaded_again_without_its_libraries() {
    CheckedRunbook before = load("clean.yaml");
    SourceFile recorded = new SourceFile("recorded.yaml", before.source().text());
    CheckedRunbook after = new RunbookLoader(Catalogues.TEST).load(recorded).value().orElseThrow();
    assertThat(after.source().text()).isEqualTo(before.source().text());
    assertThat(after.runbook().diagnose().toString())
        .isEqualTo(before.runbook().diagnose().toString());
    assertThat(after.runbook().guardrails().keySet())
        .isEqualTo(before.runbook().guardrails().keySet());
    assertThat(after.factOrder()).isEqualTo(before.factOrder());
  }

  @Test
  void a_recorded_text_looks_for_no_library_elsewhere() {
    CheckedRunbook before = load("clean.yaml");
    String other = before.source().text().replace("include: [pod]", "include: [pod, chicken]");
    assertThat(Shared.load(new SourceFile("recorded.yaml", other)).diagnostics())
        .extracting(Diagnostic::message)
        .containsExactly("expected the id of a library, found `chicken`");
  }
}
