package io.byteport.lsp;

import java.util.List;
import org.eclipse.lsp4j.Location;

/** Where what a name means is declared. Stateless, safe for use by several threads. */
final class DefinitionHandler {
  private DefinitionHandler() {}

  static List<Location> at(View view, int offset) {
    return List.of();
  }
}
