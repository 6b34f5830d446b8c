package io.byteport.lsp;

import io.byteport.dsl.source.Span;
import io.byteport.lsp.assist.Hints;
import java.util.List;
import org.eclipse.lsp4j.InlayHint;

/**
 * What is not written and holds all the same: types, orders, defaults. Stateless, safe for use by
 * several threads.
 */
final class InlayHintHandler {
  private InlayHintHandler() {}

  static List<InlayHint> in(View view, Span span) {
    return Hints.in(view, span);
  }
}
