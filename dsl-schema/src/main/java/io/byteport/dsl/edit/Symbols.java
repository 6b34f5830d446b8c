package io.byteport.dsl.edit;

import io.byteport.dsl.schema.DocumentKind;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every name of one text with its place. The text need not be sound: what can be read of it counts.
 * Immutable.
 *
 * @param kind of the document; empty for an agent's configuration and for anything else
 * @param id of the runbook or library; the runbook that a test is about; empty where it has none
 * @param occurrences in the order of the text
 * @param included the paths of fixtures that it takes in, with their places
 * @param recorded the fields of the record that hold the name of something, with its kind
 * @param doubled the words of a test's tables that are the name of something in one place and mean
 *     something else in another
 */
public record Symbols(
    Optional<DocumentKind> kind,
    String id,
    List<Occurrence> occurrences,
    Map<Span, String> included,
    Map<String, SymbolKind> recorded,
    Set<Span> doubled) {

  public Symbols {
    occurrences = List.copyOf(occurrences);
    included = Collections.unmodifiableMap(new LinkedHashMap<>(included));
    recorded = Map.copyOf(recorded);
    doubled = Set.copyOf(doubled);
  }

  /** The names of a runbook, a library, a test, fixtures or the configuration of an agent. */
  public static Symbols of(SourceFile file) {
    return Document.of(file).symbols();
  }

  /** The name at a place, its end included. */
  public Optional<Occurrence> at(int offset) {
    Occurrence found = null;
    for (Occurrence one : occurrences) {
      if (one.span().start() <= offset && offset <= one.span().end()) {
        boolean inside = offset < one.span().end();
        if (found == null || inside) {
          found = one;
        }
        if (inside) {
          break;
        }
      }
    }
    return Optional.ofNullable(found);
  }

  /** Where a name stands that may mean the same. */
  public List<Occurrence> like(Occurrence wanted) {
    return occurrences.stream().filter(wanted::isAlike).toList();
  }

  /** The libraries that it includes itself, in order. */
  public List<String> libraries() {
    return occurrences.stream()
        .filter(one -> one.kind() == SymbolKind.LIBRARY && !one.declares())
        .map(Occurrence::name)
        .distinct()
        .toList();
  }
}
