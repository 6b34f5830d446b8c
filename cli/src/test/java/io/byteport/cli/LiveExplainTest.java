package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.source.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.lsp4j.InlayHint;
import org.eclipse.lsp4j.InlayHintParams;
import org.eclipse.lsp4j.InlayHintWorkspaceCapabilities;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.WorkspaceClientCapabilities;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An editor with the real program beside its server. */
class LiveExplainTest {
  private static final Path SHIPPED = Path.of("..", "runbooks-yaml", "hosts");
  private static final String NAME = "cpu_saturation";
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir private Path folder;
  private Path runbook = Path.of("");
  private Path tests = Path.of("");

  @BeforeEach
  void copy() throws IOException {
    runbook = folder.resolve(NAME + ".yaml");
    tests = folder.resolve(NAME + ".test.yaml");
    Files.copy(SHIPPED.resolve(NAME + ".yaml"), runbook);
    Files.copy(SHIPPED.resolve(NAME + ".test.yaml"), tests);
  }

  private static ClientCapabilities refreshing() {
    ClientCapabilities can = Editor.pulling();
    WorkspaceClientCapabilities workspace = new WorkspaceClientCapabilities();
    InlayHintWorkspaceCapabilities hints = new InlayHintWorkspaceCapabilities();
    hints.setRefreshSupport(true);
    workspace.setInlayHint(hints);
    can.setWorkspace(workspace);
    return can;
  }

  private static Map<?, ?> command(Editor editor, String name, Map<String, Object> argument) {
    Object answer =
        answer(
            editor
                .server()
                .getWorkspaceService()
                .executeCommand(new ExecuteCommandParams(name, List.of(argument))));
    return (Map<?, ?>) answer;
  }

  private static <T> T answer(CompletableFuture<T> future) {
    return future.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  private List<String> hints(Editor editor) {
    Range whole =
        new Range(
            editor.position(runbook, 0), editor.position(runbook, editor.text(runbook).length()));
    return answer(
            editor
                .server()
                .getTextDocumentService()
                .inlayHint(new InlayHintParams(editor.document(runbook), whole)))
        .stream()
        .map(hint -> shown(editor, hint))
        .toList();
  }

  private String shown(Editor editor, InlayHint hint) {
    String line = editor.text(runbook).line(hint.getPosition().getLine()).strip();
    return line + " |" + hint.getLabel().getLeft();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(end);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  @Test
  void an_incident_shows_at_each_rule_and_follows_what_is_typed_until_it_is_switched_off()
      throws Exception {
    try (Editor editor = new Editor(refreshing(), folder)) {
      editor.open(runbook, Files.readString(runbook));
      Map<?, ?> chosen =
          command(editor, "byteport.explainWith", Map.of("uri", Editor.uri(tests), "case", "1"));
      assertThat(chosen.get("trouble")).isEqualTo("");
      assertThat(chosen.get("decision")).isEqualTo("sustained 0.90");
      assertThat(hints(editor))
          .contains(
              "- class: leak_driven | ✗",
              "- class: sustained | ✓ 0.90",
              "when: swap.inPerSecond >= 10 and memory.usedPercent >= 90% | = 0",
              "when: sustained.used > params.saturated and suspect != null | = 91%");

      int before = editor.refreshes();
      String part = "swap.inPerSecond >= 10 and memory.usedPercent >= 90%";
      int at = editor.text(runbook).text().indexOf(part);
      editor.edit(runbook, new Span(at, at + part.length()), "swap.inPerSecond < 10");
      await(
          () ->
              editor.refreshes() > before
                  && hints(editor).contains("- class: leak_driven | ✓ 0.85"));
      assertThat(Files.readString(runbook)).contains(part);

      command(editor, "byteport.explainWith", Map.of("uri", Editor.uri(tests), "none", true));
      assertThat(hints(editor)).noneMatch(hint -> hint.contains("✓") || hint.contains("✗"));
      assertThat(editor.complaints()).isEmpty();
    }
  }

  @Test
  void tests_are_played_with_the_text_that_is_not_saved_and_say_where_they_failed()
      throws IOException {
    try (Editor editor = new Editor(refreshing(), folder)) {
      String text = Files.readString(runbook);
      editor.open(runbook, text);
      editor.replace(runbook, text.replace("confidence: 0.90", "confidence: 0.80"));
      Map<?, ?> played = command(editor, "byteport.runTests", Map.of("uri", Editor.uri(runbook)));
      assertThat(played.get("holds")).isEqualTo(false);
      List<?> cases = (List<?>) played.get("cases");
      assertThat(cases).hasSizeGreaterThan(10);
      Map<?, ?> first = (Map<?, ?>) cases.getFirst();
      assertThat(first.get("verdict")).isEqualTo("failed");
      assertThat(first.get("uri")).isEqualTo(Editor.uri(tests));
      assertThat(first.get("messages").toString()).contains("confidence").contains("0.8");

      Map<?, ?> one =
          command(
              editor,
              "byteport.runTests",
              Map.of(
                  "uri",
                  Editor.uri(tests),
                  "case",
                  "load that stays for two minutes has its unit restarted"));
      assertThat((List<?>) one.get("cases")).hasSize(1);
      assertThat(one.get("holds")).isEqualTo(true);
    }
  }

  @Test
  void a_flow_and_an_explanation_are_answered_as_text() throws IOException {
    try (Editor editor = new Editor(refreshing(), folder)) {
      editor.open(runbook, Files.readString(runbook));
      assertThat(
              command(editor, "byteport.flow", Map.of("uri", Editor.uri(runbook)))
                  .get("mermaid")
                  .toString())
          .startsWith("flowchart")
          .contains("sustained");
      assertThat(
              command(editor, "byteport.explain", Map.of("uri", Editor.uri(runbook), "case", "1"))
                  .get("text")
                  .toString())
          .contains("sustained")
          .contains("proc.renice");
    }
  }

  @Test
  void what_cannot_be_explained_is_told_and_hurts_nothing() throws IOException {
    try (Editor editor = new Editor(refreshing(), folder)) {
      editor.open(runbook, Files.readString(runbook));
      Map<?, ?> none =
          command(
              editor,
              "byteport.explainWith",
              Map.of("uri", Editor.uri(tests), "case", "no such case"));
      assertThat(none.get("explained")).isEqualTo(false);
      assertThat(none.get("trouble").toString()).contains("no case is called");
      Map<?, ?> recorded =
          command(
              editor,
              "byteport.explainWith",
              Map.of("uri", Editor.uri(runbook), "run", "20260101", "state", folder.toString()));
      assertThat(recorded.get("trouble").toString()).contains("20260101");
      assertThat(editor.findings(runbook)).isEmpty();
    }
  }
}
