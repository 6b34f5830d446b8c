package io.byteport.lsp;

import java.util.List;
import org.eclipse.lsp4j.DocumentLink;

/** Files and pages that a document names. Stateless, safe for use by several threads. */
final class DocumentLinkHandler {
  private DocumentLinkHandler() {}

  static List<DocumentLink> in(View view) {
    return List.of();
  }
}
