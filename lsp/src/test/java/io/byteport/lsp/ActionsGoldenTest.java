package io.byteport.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.TextEdit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ActionsGoldenTest {

  static Stream<Path> fixtures() {
    return Carets.fixtures("act");
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void what_can_be_done_at_each_caret(Path fixture) {
    String actual = Carets.answers(fixture, ActionsGoldenTest::offered);
    assertThat(actual).isEqualTo(Carets.expected(fixture, actual));
  }

  private static String offered(Sample sample) {
    StringBuilder lines = new StringBuilder();
    Span place = new Span(sample.offset(), sample.offset());
    for (CodeAction action : Acted.at(sample.view(), place, Acted.findings(sample.view()))) {
      lines
          .append(action.getKind())
          .append(Boolean.TRUE.equals(action.getIsPreferred()) ? "! " : ": ")
          .append(action.getTitle())
          .append('\n');
      if (action.getCommand() != null) {
        lines.append("    ").append(action.getCommand().getCommand()).append('\n');
      }
      if (action.getEdit() != null) {
        changed(sample.view().text(), action, lines);
      }
    }
    return lines.isEmpty() ? "nothing" : lines.toString();
  }

  private static void changed(SourceFile text, CodeAction action, StringBuilder lines) {
    for (var change : action.getEdit().getDocumentChanges()) {
      for (var either : change.getLeft().getEdits()) {
        TextEdit edit = either.getLeft();
        Span span = Positions.span(text, edit.getRange());
        lines
            .append("    ")
            .append(text.position(span.start()).line() + 1)
            .append(": `")
            .append(text.text(span).replace("\n", "\\n"))
            .append("` -> `")
            .append(edit.getNewText().replace("\n", "\\n"))
            .append("`\n");
      }
    }
  }

  @Test
  void a_selected_part_becomes_a_fact_above_the_rule() {
    Sample sample =
        Sample.of(
            """
            apiVersion: byteport.io/v1
            kind: Runbook
            diagnose:
              pod:
                uses: kubectl.pod
            classify:
              rules:
                - class: full
                  when: ‸(pod.restarts > 3) and pod.ready
            """);
    Span part = new Span(sample.offset(), sample.offset() + "(pod.restarts > 3)".length());
    CodeAction action =
        Acted.at(sample.view(), part, List.of()).stream()
            .filter(one -> one.getTitle().startsWith("extract"))
            .findFirst()
            .orElseThrow();
    assertThat(Acted.after(sample.view(), action).text().text())
        .contains("  isRestarts: pod.restarts > 3\n")
        .containsPattern("when: \\(?isRestarts\\)? and pod.ready");
  }

  @Test
  void lenses_run_tests_count_uses_and_say_what_was_covered() {
    Sample sample =
        Sample.of(
            Map.of(
                "a.yaml",
                """
                apiVersion: byteport.io/v1
                kind: Runbook
                metadata:
                  id: a‸
                diagnose:
                  busy: 1 > 2
                  other: busy and busy
                classify:
                  rules:
                    - class: full
                      when: busy
                """,
                "a.test.yaml",
                """
                apiVersion: byteport.io/v1
                kind: RunbookTest
                runbook: a
                cases:
                  - name: one
                  - name: "two: ${row.x}"
                """));
    List<CodeLens> runbook =
        CodeLensHandler.in(
            sample.view(), "file:///a.yaml", Map.of("full", "true in 2, false in 1"));
    assertThat(shown(runbook))
        .contains(
            "0 run tests byteport.runTests",
            "0 show flow byteport.flow",
            "9 true in 2, false in 1 byteport.runTests",
            "9 create test byteport.createTest",
            "5 3 uses byteport.references",
            "6 0 uses byteport.references");
    SourceFile test =
        sample.view().texts().files().stream()
            .filter(file -> file.name().endsWith(".test.yaml"))
            .findFirst()
            .orElseThrow();
    assertThat(shown(CodeLensHandler.in(sample.view().of(test), "file:///a.test.yaml", Map.of())))
        .contains(
            "0 run byteport.runTests",
            "4 run byteport.runTests",
            "4 explain byteport.explain",
            "5 run byteport.runTests")
        .doesNotContain("5 explain byteport.explain");
  }

  private static List<String> shown(List<CodeLens> lenses) {
    return lenses.stream()
        .map(
            lens ->
                lens.getRange().getStart().getLine()
                    + " "
                    + lens.getCommand().getTitle()
                    + " "
                    + lens.getCommand().getCommand())
        .toList();
  }
}
