package io.byteport.lsp;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.source.Span;
import java.util.List;
import org.eclipse.lsp4j.CodeAction;

/** What can be done at a place. Stateless, safe for use by several threads. */
final class CodeActionHandler {
  private CodeActionHandler() {}

  static List<CodeAction> in(View view, Span span, List<Diagnostic> findings) {
    return List.of();
  }
}
