package io.byteport.lsp;

import io.byteport.dsl.source.Span;
import io.byteport.lsp.structure.Holders;
import java.util.List;
import org.eclipse.lsp4j.SelectionRange;

/**
 * What holds a place, from the narrowest to the document. Stateless, safe for use by several
 * threads.
 */
final class SelectionRangeHandler {
  private SelectionRangeHandler() {}

  static List<SelectionRange> at(View view, List<Integer> offsets) {
    Holders holders = new Holders(view.text());
    return offsets.stream().map(offset -> chain(view, holders.of(offset))).toList();
  }

  private static SelectionRange chain(View view, List<Span> spans) {
    SelectionRange outer = new SelectionRange(view.range(spans.getLast()), null);
    for (int i = spans.size() - 2; i >= 0; i--) {
      outer = new SelectionRange(view.range(spans.get(i)), outer);
    }
    return outer;
  }
}
