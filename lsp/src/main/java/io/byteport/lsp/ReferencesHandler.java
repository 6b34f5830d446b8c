package io.byteport.lsp;

import io.byteport.lsp.navigate.Meaning;
import io.byteport.lsp.navigate.Place;
import java.util.List;
import org.eclipse.lsp4j.DocumentHighlight;
import org.eclipse.lsp4j.DocumentHighlightKind;
import org.eclipse.lsp4j.Location;

/** Where a name is used. Stateless, safe for use by several threads. */
final class ReferencesHandler {
  private ReferencesHandler() {}

  static List<Location> at(View view, int offset, boolean declarations) {
    return Meaning.at(view.texts(), view.text(), offset).stream()
        .flatMap(meaning -> meaning.places().stream())
        .filter(place -> declarations || !place.occurrence().declares())
        .map(Place::location)
        .toList();
  }

  /** Those of the document itself. */
  static List<DocumentHighlight> highlights(View view, int offset) {
    return Meaning.within(view.texts(), view.text(), offset).stream()
        .map(
            one ->
                new DocumentHighlight(
                    view.range(one.span()),
                    one.declares() ? DocumentHighlightKind.Write : DocumentHighlightKind.Read))
        .toList();
  }
}
