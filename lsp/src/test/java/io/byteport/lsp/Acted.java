package io.byteport.lsp;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.format.Formatter;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.lsp.change.Asked;
import io.byteport.lsp.change.EditOptions;
import io.byteport.lsp.change.Edits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.TextDocumentEdit;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** Actions at places of a document, and what documents become of them. */
final class Acted {
  static final EditOptions ALL = new EditOptions(true, true, false);

  private Acted() {}

  static Edits edits() {
    return new Edits(ALL, Map.of());
  }

  /** What is wrong with a runbook. */
  static List<Diagnostic> findings(View view) {
    return view.texts().loader().load(view.text()).diagnostics();
  }

  static List<CodeAction> at(View view, Span span, List<Diagnostic> findings) {
    return CodeActionHandler.in(
        Sample.language(), new Asked(view, span, findings, edits()), List.of());
  }

  /** The text of a new or changed document after an edit, which changes one. */
  static String applied(SourceFile before, WorkspaceEdit edit) {
    List<TextEdit> edits = new ArrayList<>();
    for (var change : edit.getDocumentChanges()) {
      if (change.isLeft()) {
        TextDocumentEdit document = change.getLeft();
        document.getEdits().stream().map(Either::getLeft).forEach(edits::add);
      }
    }
    edits.sort(
        Comparator.comparing(
            (TextEdit one) -> Positions.offset(before, one.getRange().getStart())));
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (TextEdit one : edits) {
      Span span = Positions.span(before, one.getRange());
      out.append(before.text(new Span(at, span.start()))).append(one.getNewText());
      at = span.end();
    }
    return out.append(before.text(new Span(at, Math.max(at, before.length())))).toString();
  }

  static View after(View view, CodeAction action) {
    String text = applied(view.text(), action.getEdit());
    return view.of(new SourceFile(view.text().name(), text));
  }

  static boolean isLaidOut(SourceFile text) {
    return Formatter.format(text).value().equals(Optional.of(text.text()));
  }
}
