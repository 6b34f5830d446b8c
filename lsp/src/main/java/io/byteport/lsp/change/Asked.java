package io.byteport.lsp.change;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.format.Formatter;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.lsp.View;
import java.util.List;
import java.util.Optional;
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

  /**
   * The same of a change that is to leave everything as it means; empty where it would not, which
   * looking at the whole runbook anew tells.
   */
  Optional<CodeAction> faithful(String title, String kind, List<Change> changes) {
    Change change = Change.laidOut(text(), changes);
    SourceFile after = new SourceFile(text().name(), Change.applied(text(), List.of(change)));
    boolean readable = Formatter.format(after).value().isPresent();
    return readable && faults(after) <= faults(text())
        ? Optional.of(action(title, kind, changes))
        : Optional.empty();
  }

  private long faults(SourceFile text) {
    return view.texts().loader().load(text).diagnostics().size();
  }

  /** An action that changes the document so that it stays laid out if it was. */
  CodeAction action(String title, String kind, List<Change> changes) {
    CodeAction action = new CodeAction(title);
    action.setKind(kind);
    action.setEdit(edits.of(text(), List.of(Change.laidOut(text(), changes))));
    return action;
  }
}
