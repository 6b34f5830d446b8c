package io.byteport.lsp;

import io.byteport.dsl.source.Origin;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.lsp.navigate.Meaning;
import io.byteport.lsp.navigate.Neighbours;
import io.byteport.lsp.navigate.Place;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.Location;

/** Where what a name means is declared. Stateless, safe for use by several threads. */
final class DefinitionHandler {
  private DefinitionHandler() {}

  /** Functions and actions are declared in no file. */
  static List<Location> at(View view, int offset) {
    List<Location> fixtures =
        view.texts().symbols(view.text()).included().entrySet().stream()
            .filter(path -> path.getKey().start() <= offset && offset <= path.getKey().end())
            .map(Map.Entry::getValue)
            .flatMap(path -> new Neighbours(view.texts()).fixtures(view.text(), path).stream())
            .map(DefinitionHandler::start)
            .toList();
    if (!fixtures.isEmpty()) {
      return fixtures;
    }
    return Meaning.declarations(view.texts(), view.text(), offset).stream()
        .map(Place::location)
        .toList();
  }

  private static Location start(SourceFile file) {
    return View.location(new Origin(file, Span.START));
  }
}
