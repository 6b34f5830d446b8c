package io.byteport.dsl.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverlapsTest {
  private static final Path BASE =
      Path.of("src", "test", "resources", "golden", "check", "clean-small.yaml");
  private static final RunbookLoader LOADER = new RunbookLoader(Catalogues.TEST);

  private static CheckedRunbook runbook(String id, String... supersedes) throws IOException {
    return loaded(
        id,
        Files.readString(BASE)
            .replace(
                "  id: pod_restarts\n",
                "  id: " + id + "\n  supersedes: " + Arrays.toString(supersedes) + "\n"));
  }

  private static CheckedRunbook loaded(String id, String text) {
    return LOADER.load(new SourceFile(id + ".yaml", text)).value().orElseThrow();
  }

  private static List<DiagnosticCode> codes(CheckedRunbook... runbooks) {
    return Overlaps.find(List.of(runbooks)).stream().map(Diagnostic::code).toList();
  }

  @Test
  void either_may_supersede_the_other_and_over_a_generation_between() throws IOException {
    CheckedRunbook first = runbook("a");
    CheckedRunbook second = runbook("b", "a");
    CheckedRunbook third = runbook("c", "b");
    assertThat(codes(first, second)).isEmpty();
    assertThat(codes(first, second, third)).isEmpty();
    assertThat(codes(runbook("a", "b"), runbook("b"))).isEmpty();
  }

  @Test
  void a_generation_that_is_not_there_decides_nothing() throws IOException {
    assertThat(codes(runbook("a"), runbook("c", "b")))
        .containsExactly(DiagnosticCode.FOLDER_OVERLAP);
  }

  @Test
  void two_that_supersede_each_other_have_decided_nothing() throws IOException {
    assertThat(codes(runbook("a", "b"), runbook("b", "a")))
        .containsExactly(DiagnosticCode.FOLDER_OVERLAP);
  }

  @Test
  void each_pair_is_told_once_whatever_their_order() throws IOException {
    CheckedRunbook first = runbook("a");
    CheckedRunbook second = runbook("b");
    CheckedRunbook third = runbook("c");
    List<Diagnostic> found = Overlaps.find(List.of(first, second, third));
    assertThat(found).hasSize(3).isEqualTo(Overlaps.find(List.of(third, first, second)));
  }

  @Test
  void a_comment_in_either_file_ignores_the_overlap() throws IOException {
    CheckedRunbook ignoring =
        loaded(
            "a",
            Files.readString(BASE)
                .replace("  id: pod_restarts\n", "  id: a\n")
                .replace(
                    "\ndetectors:\n",
                    "\n# byteport-ignore: BP-FOLDER-001 hosts only\ndetectors:\n"));
    assertThat(codes(ignoring, runbook("b"))).isEmpty();
    assertThat(codes(ignoring, runbook("b"), runbook("c")))
        .containsExactly(DiagnosticCode.FOLDER_OVERLAP);
  }

  @Test
  void one_alone_overlaps_with_nothing() throws IOException {
    assertThat(codes(runbook("a"))).isEmpty();
  }
}
