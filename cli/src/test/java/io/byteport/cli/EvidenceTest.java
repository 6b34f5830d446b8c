package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.RunSummary;
import io.byteport.engine.journal.SqlRunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code byteport runs export} and {@code runs import}. */
class EvidenceTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "oom",
        "image-pull",
        "missing-config",
        "liveness",
        "dependency",
        "pool-writer",
        "cert-allowed",
        "heap-leak"
      })
  void what_is_exported_of_a_run_is_a_test_that_holds_and_can_be_replayed(String story)
      throws IOException {
    String state = folder.resolve("state").toString();
    assertThat(Program.run("demo", story, "-o", "json", "--state", state).status()).isZero();
    Path file = folder.resolve("incident.test.yaml");

    for (JsonNode run :
        JsonMapper.shared().readTree(Program.run("runs", "-o", "json", "--state", state).out())) {
      String id = run.get("id").asString();
      Program export = Program.run("runs", "export", id, "-o", file.toString(), "--state", state);
      assertThat(export.err()).isEmpty();
      assertThat(export.status()).isZero();
      assertThat(Files.readString(file))
          .contains("class: " + run.get("class").asString())
          .contains("result: " + run.get("result").asString());

      Program test = Program.run("test", file.toString());
      assertThat(test.out()).contains("1 case in 1 file, all hold");
      assertThat(test.status()).isZero();
      assertThat(Program.run("replay", file.toString()).status()).isZero();
    }
  }

  @Test
  void what_is_imported_is_a_run_that_has_ended_elsewhere() throws IOException {
    String state = folder.resolve("state").toString();
    Program.run("demo", "missing-config", "-o", "json", "--state", state);
    Path file = folder.resolve("incident.test.yaml");
    Program.run("runs", "export", "-o", file.toString(), "--state", state);
    Path other = folder.resolve("other");

    Program imported = Program.run("runs", "import", file.toString(), "--state", other.toString());
    assertThat(imported.err()).isEmpty();
    assertThat(imported.status()).isZero();

    try (SqlRunStore store = SqlRunStore.inFolder(other, Redactor.SHAPES_ONLY)) {
      RunSummary run = store.runs(1).getFirst();
      assertThat(run.imported()).isTrue();
      assertThat(run.result()).isEqualTo("escalated");
      assertThat(store.unfinished()).isEmpty();
      assertThat(store.undelivered()).isEmpty();
      assertThat(store.claim(run.id())).isFalse();
      assertThat(store.openRun(run.mode(), run.target())).isEmpty();
    }
    assertThat(Program.run("runs", "--state", other.toString()).out()).contains("(imported)");
    assertThat(Program.run("runs", "show", "--state", other.toString()).out())
        .contains("config_error_missing_env");
    Program again = Program.run("runs", "import", file.toString(), "--state", other.toString());
    assertThat(again.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(again.err()).contains("is in the store already").hasLineCount(1);
  }

  @Test
  void a_file_without_evidence_is_not_imported() {
    Program refused =
        Program.run(
            "runs",
            "import",
            "../runbooks-yaml/kubernetes/crashloopbackoff_v2.test.yaml",
            "--state",
            folder.toString());
    assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(refused.err()).contains("holds no `evidence`");
  }
}
