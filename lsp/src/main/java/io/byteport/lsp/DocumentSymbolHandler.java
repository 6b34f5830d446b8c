package io.byteport.lsp;

import io.byteport.dsl.edit.Document;
import io.byteport.lsp.structure.Outline;
import java.util.List;
import org.eclipse.lsp4j.DocumentSymbol;

/** What a document declares, as a tree. Stateless, safe for use by several threads. */
final class DocumentSymbolHandler {
  private DocumentSymbolHandler() {}

  static List<DocumentSymbol> in(View view) {
    return Document.of(view.text()).root().map(new Outline(view.text())::of).orElse(List.of());
  }
}
