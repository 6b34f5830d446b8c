package io.byteport.lsp.change;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.lsp.View;
import java.util.List;
import org.eclipse.lsp4j.CodeAction;

/**
 * A place about which is asked what can be done.
 *
 * @param findings of the whole document
 * @param edits as the client takes them
 */
public record Asked(View view, Span span, List<Diagnostic> findings, Edits edits) {
  public Asked {
    findings = List.copyOf(findings);
  }

  SourceFile text() {
    return view.text();
  }

  /** The findings that touch the place. */
  List<Diagnostic> here() {
    return findings.stream()
        .filter(
            finding ->
                finding.file().name().equals(text().name())
                    && finding.span().start() <= span.end()
                    && span.start() <= finding.span().end()
                    && finding.span().end() <= text().length())
        .toList();
  }

  /** An action that changes the document so that it stays laid out if it was. */
  CodeAction action(String title, String kind, List<Change> changes) {
    CodeAction action = new CodeAction(title);
    action.setKind(kind);
    action.setEdit(edits.of(text(), List.of(Change.laidOut(text(), changes))));
    return action;
  }
}
