package io.byteport.dsl.edit;

import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.schema.DocumentKind;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every name of one text with its place, and every expression. The text need not be sound: what can
 * be read of it counts. Immutable.
 *
 * @param root of the document; empty where there is none
 * @param kind of the document; empty for an agent's configuration and for anything else
 * @param id of the runbook or library; the runbook that a test is about; empty where it has none
 * @param occurrences in the order of the text
 * @param expressions in the order of the text, those of templates included
 * @param included the paths of fixtures that it takes in, with their places
 * @param recorded the fields of the record that hold the name of something, with its kind
 */
public record Symbols(
    Optional<YamlMapping> root,
    Optional<DocumentKind> kind,
    String id,
    List<Occurrence> occurrences,
    List<Expr> expressions,
    Map<Span, String> included,
    Map<String, SymbolKind> recorded) {

  public Symbols {
    occurrences = List.copyOf(occurrences);
    expressions = List.copyOf(expressions);
    included = Collections.unmodifiableMap(new LinkedHashMap<>(included));
    recorded = Map.copyOf(recorded);
  }

  /** The names of a runbook, a library, a test, fixtures or the configuration of an agent. */
  public static Symbols of(SourceFile file) {
    YamlNode node = PatientYaml.read(file).orElse(null);
    SymbolCollector names = new SymbolCollector(file);
    Optional<YamlMapping> root =
        node instanceof YamlMapping map ? Optional.of(map) : Optional.empty();
    Optional<DocumentKind> kind = root.flatMap(DocumentKind::of);
    root.ifPresent(map -> collect(map, kind, names));
    return names.symbols(root, kind);
  }

  private static void collect(
      YamlMapping root, Optional<DocumentKind> kind, SymbolCollector names) {
    if (kind.isEmpty()) {
      if (AgentSymbols.isConfiguration(root)) {
        new AgentSymbols(names).document(root);
      } else {
        new RunbookSymbols(names, DocumentKind.RUNBOOK).document(root);
      }
      return;
    }
    switch (kind.get()) {
      case RUNBOOK, LIBRARY -> new RunbookSymbols(names, kind.get()).document(root);
      case RUNBOOK_TEST, RUNBOOK_FIXTURES -> new TestSymbols(names).document(root);
      case SETTINGS -> {}
    }
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

  /** Where a name of that kind stands that may mean the same. */
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
