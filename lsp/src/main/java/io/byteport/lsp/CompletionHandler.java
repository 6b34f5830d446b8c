package io.byteport.lsp;

import io.byteport.lsp.assist.Completions;
import java.util.List;
import org.eclipse.lsp4j.CompletionItem;

/** What may be written at a place. Stateless, safe for use by several threads. */
final class CompletionHandler {
  private CompletionHandler() {}

  static List<CompletionItem> at(View view, int offset) {
    return Completions.at(view, offset);
  }
}
