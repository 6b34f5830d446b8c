package io.byteport.lsp;

import java.util.List;
import org.eclipse.lsp4j.DocumentHighlight;
import org.eclipse.lsp4j.Location;

/** Where a name is used. Stateless, safe for use by several threads. */
final class ReferencesHandler {
  private ReferencesHandler() {}

  static List<Location> at(View view, int offset, boolean declarations) {
    return List.of();
  }

  static List<DocumentHighlight> highlights(View view, int offset) {
    return List.of();
  }
}
