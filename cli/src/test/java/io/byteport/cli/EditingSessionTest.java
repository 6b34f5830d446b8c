package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.source.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.eclipse.lsp4j.CallHierarchyPrepareParams;
import org.eclipse.lsp4j.CodeActionContext;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.CodeLensParams;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.DocumentDiagnosticParams;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.DocumentHighlightParams;
import org.eclipse.lsp4j.DocumentLinkParams;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.FoldingRangeRequestParams;
import org.eclipse.lsp4j.FormattingOptions;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InlayHintParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PrepareRenameParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ReferenceContext;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.SelectionRangeParams;
import org.eclipse.lsp4j.SemanticTokensParams;
import org.eclipse.lsp4j.SignatureHelpParams;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceSymbolParams;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A person at an editor, quicker than any: every request after every keystroke. */
class EditingSessionTest {
  private static final Path SHIPPED = Path.of("..", "runbooks-yaml");
  private static final int PIPELINED = 64;

  @TempDir private Path folder;

  /** Everything that editors ask of their own accord while somebody types at a place. */
  private static List<CompletableFuture<?>> everything(Editor editor, Path file, int offset) {
    TextDocumentIdentifier document = editor.document(file);
    TextDocumentService text = editor.server().getTextDocumentService();
    Position at = editor.position(file, offset);
    Range line = new Range(new Position(at.getLine(), 0), at);
    List<CompletableFuture<?>> asked = new ArrayList<>();
    asked.add(text.completion(new CompletionParams(document, at)));
    asked.add(text.signatureHelp(new SignatureHelpParams(document, at)));
    asked.add(text.hover(new HoverParams(document, at)));
    asked.add(text.definition(new DefinitionParams(document, at)));
    asked.add(text.references(new ReferenceParams(document, at, new ReferenceContext(true))));
    asked.add(text.documentHighlight(new DocumentHighlightParams(document, at)));
    asked.add(refusable(text.prepareRename(new PrepareRenameParams(document, at))));
    asked.add(text.prepareCallHierarchy(new CallHierarchyPrepareParams(document, at)));
    asked.add(text.selectionRange(new SelectionRangeParams(document, List.of(at))));
    asked.add(text.inlayHint(new InlayHintParams(document, line)));
    asked.add(
        text.codeAction(new CodeActionParams(document, line, new CodeActionContext(List.of()))));
    return asked;
  }

  /** A request that may be refused with a reason; that something broke is none. */
  private static CompletableFuture<?> refusable(CompletableFuture<?> asked) {
    return asked.handle(
        (answer, failure) -> {
          if (failure == null) {
            return answer;
          }
          if (failure instanceof ResponseErrorException refused
              && refused.getResponseError().getCode()
                  != ResponseErrorCode.InternalError.getValue()) {
            return refused.getMessage();
          }
          throw new AssertionError(failure);
        });
  }

  /** What is asked about the document as a whole. */
  private static List<CompletableFuture<?>> overview(Editor editor, Path file) {
    TextDocumentIdentifier document = editor.document(file);
    TextDocumentService text = editor.server().getTextDocumentService();
    List<CompletableFuture<?>> asked = new ArrayList<>();
    asked.add(text.documentSymbol(new DocumentSymbolParams(document)));
    asked.add(text.foldingRange(new FoldingRangeRequestParams(document)));
    asked.add(text.semanticTokensFull(new SemanticTokensParams(document)));
    asked.add(text.documentLink(new DocumentLinkParams(document)));
    asked.add(text.codeLens(new CodeLensParams(document)));
    asked.add(text.diagnostic(new DocumentDiagnosticParams(document)));
    asked.add(
        text.formatting(new DocumentFormattingParams(document, new FormattingOptions(2, true))));
    asked.add(editor.server().getWorkspaceService().symbol(new WorkspaceSymbolParams("restart")));
    return asked;
  }

  /** Every answer comes and is none that says that something broke. */
  private static void await(List<CompletableFuture<?>> asked) {
    asked.forEach(Editor::answer);
    asked.clear();
  }

  private void type(Editor editor, Path file, String whole) {
    List<CompletableFuture<?>> asked = new ArrayList<>();
    editor.open(file, "");
    int at = 0;
    for (int point : whole.codePoints().toArray()) {
      editor.edit(file, new Span(at, at), Character.toString(point));
      at++;
      asked.addAll(everything(editor, file, at));
      if (point == '\n') {
        asked.addAll(overview(editor, file));
      }
      if (asked.size() > PIPELINED) {
        await(asked);
      }
    }
    await(asked);
  }

  private void typed(int ofRunbook, int ofTest) throws IOException {
    Path runbook = folder.resolve("node.yaml");
    Path test = folder.resolve("node.test.yaml");
    String text = Files.readString(SHIPPED.resolve("kubernetes/node_not_ready_drain.yaml"));
    String cases = Files.readString(SHIPPED.resolve("kubernetes/node_not_ready_drain.test.yaml"));
    try (Editor editor = new Editor(folder)) {
      type(editor, runbook, text.substring(0, Math.min(text.length(), ofRunbook)));
      editor.replace(runbook, text);
      type(editor, test, cases.substring(0, Math.min(cases.length(), ofTest)));
      editor.replace(test, cases);
      assertThat(editor.shown(runbook)).isEmpty();
      assertThat(editor.shown(test)).isEmpty();
      assertThat(editor.complaints()).isEmpty();
    }
  }

  @Test
  @Timeout(300)
  void the_beginning_of_a_runbook_is_typed_with_every_request_in_between() throws IOException {
    typed(1_500, 500);
  }

  @Test
  @Tag("chaos") // ten minutes
  @Timeout(1_800)
  void a_whole_runbook_and_its_test_are_typed_with_every_request_in_between() throws IOException {
    typed(Integer.MAX_VALUE, 6_000);
  }

  @Test
  @Timeout(300)
  void what_is_cut_and_pasted_at_random_breaks_nothing() throws IOException {
    Path file = folder.resolve("oom.yaml");
    String text = Files.readString(SHIPPED.resolve("kubernetes/oomkilled_memory_pressure.yaml"));
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    try (Editor editor = new Editor(folder)) {
      editor.open(file, text);
      List<CompletableFuture<?>> asked = new ArrayList<>();
      for (int i = 0; i < 250; i++) {
        int length = editor.text(file).length();
        int start = random.nextInt(length + 1);
        int end = Math.min(length, start + random.nextInt(40));
        int from = random.nextInt(length);
        String pasted =
            editor.text(file).text(new Span(from, Math.min(length, from + random.nextInt(40))));
        editor.edit(file, new Span(start, end), random.nextBoolean() ? "" : pasted);
        asked.addAll(everything(editor, file, Math.min(start, editor.text(file).length())));
        asked.addAll(overview(editor, file));
        await(asked);
      }
      editor.replace(file, text);
      assertThat(editor.shown(file)).isEmpty();
      assertThat(editor.complaints()).isEmpty();
    }
  }
}
