package io.byteport.lsp;

import io.byteport.lsp.assist.Hovers;
import java.util.Optional;
import org.eclipse.lsp4j.Hover;

/**
 * What there is to know about what stands at a place. Stateless, safe for use by several threads.
 */
final class HoverHandler {
  private HoverHandler() {}

  static Optional<Hover> at(View view, int offset) {
    return Hovers.at(view, offset);
  }
}
