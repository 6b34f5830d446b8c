package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.lsp.Positions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.ApplyWorkspaceEditParams;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionContext;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ResourceOperationKind;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceClientCapabilities;
import org.eclipse.lsp4j.WorkspaceEditCapabilities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Actions as an editor meets them over the protocol. */
class EditorActionsTest {
  private static final Path SHIPPED = Path.of("..", "runbooks-yaml", "hosts");

  @TempDir private Path folder;

  private static ClientCapabilities creating() {
    ClientCapabilities can = Editor.pulling();
    WorkspaceEditCapabilities edits = new WorkspaceEditCapabilities();
    edits.setDocumentChanges(true);
    edits.setResourceOperations(List.of(ResourceOperationKind.Create));
    WorkspaceClientCapabilities workspace = new WorkspaceClientCapabilities();
    workspace.setWorkspaceEdit(edits);
    can.setWorkspace(workspace);
    return can;
  }

  private static CodeAction only(Editor editor, Path file, String kind) {
    CodeActionParams params =
        new CodeActionParams(
            editor.document(file),
            new Range(new Position(0, 0), new Position(0, 0)),
            new CodeActionContext(List.of(), List.of(kind)));
    return Editor.answer(editor.server().getTextDocumentService().codeAction(params)).stream()
        .map(either -> either.getRight())
        .findFirst()
        .orElseThrow();
  }

  private static String applied(SourceFile before, TextEdit edit) {
    Span span = Positions.span(before, edit.getRange());
    return before.text(new Span(0, span.start()))
        + edit.getNewText()
        + before.text(new Span(span.end(), before.length()));
  }

  @Test
  void fixing_everything_does_what_validate_does() throws IOException {
    Path file = folder.resolve("memory_pressure.yaml");
    String sound = Files.readString(SHIPPED.resolve("memory_pressure.yaml"));
    String stale =
        sound
            .replace("\ndiagnose:", "\n# byteport-ignore: BP-FLOW-007 long gone\ndiagnose:")
            .replace("\nverify:", "\n# byteport-ignore: BP-RULE-001 long gone\nverify:");
    Files.writeString(file, stale);
    try (Editor editor = new Editor(creating(), folder)) {
      editor.open(file, stale);
      var change =
          only(editor, file, CodeActionKind.SourceFixAll)
              .getEdit()
              .getDocumentChanges()
              .getFirst()
              .getLeft();
      assertThat(change.getTextDocument().getVersion()).isEqualTo(1);
      String fixed = applied(editor.text(file), change.getEdits().getFirst().getLeft());
      Program.run("validate", "--fix", file.toString());
      assertThat(Files.readString(file)).isEqualTo(fixed).isNotEqualTo(stale);
    }
  }

  @Test
  void a_test_is_made_for_a_rule_and_validates() throws IOException {
    Path file = folder.resolve("cpu_saturation.yaml");
    Files.copy(SHIPPED.resolve("cpu_saturation.yaml"), file);
    try (Editor editor = new Editor(creating(), folder)) {
      editor.open(file, Files.readString(file));
      Object answer =
          Editor.answer(
              editor
                  .server()
                  .getWorkspaceService()
                  .executeCommand(
                      new ExecuteCommandParams(
                          "byteport.createTest",
                          List.of(Map.of("uri", Editor.uri(file), "rule", 0)))));
      assertThat(answer.toString()).contains("applied=true");
      ApplyWorkspaceEditParams made = editor.applied().getFirst();
      String text =
          made.getEdit()
              .getDocumentChanges()
              .get(1)
              .getLeft()
              .getEdits()
              .getFirst()
              .getLeft()
              .getNewText();
      Path test = folder.resolve("cpu_saturation.test.yaml");
      Files.writeString(test, text);
      assertThat(text).contains("inPerSecond: 10").contains("class: leak_driven");
      Program validated = Program.run("validate", test.toString());
      assertThat(validated.status()).as(validated.out()).isZero();
      Program formatted = Program.run("fmt", "--check", test.toString());
      assertThat(formatted.status()).as(formatted.out()).isZero();
      Program explained = Program.run("explain", test.toString(), "--case", "1", "-o", "json");
      assertThat(explained.out()).contains("\"verdict\" : \"yes\"");
    }
  }
}
