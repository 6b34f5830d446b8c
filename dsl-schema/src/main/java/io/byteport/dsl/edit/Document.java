package io.byteport.dsl.edit;

import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.schema.DocumentKind;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import java.util.List;
import java.util.Optional;

/**
 * One text as far as it can be read, sound or not. Immutable.
 *
 * @param root empty where there is no map to be read
 * @param expressions in the order of the text, those of templates included
 */
public record Document(Optional<YamlMapping> root, Symbols symbols, List<Expr> expressions) {

  public Document {
    expressions = List.copyOf(expressions);
  }

  /** Reads a runbook, a library, a test, fixtures or the configuration of an agent. */
  public static Document of(SourceFile file) {
    YamlNode node = PatientYaml.read(file).orElse(null);
    SymbolCollector names = new SymbolCollector(file);
    Optional<YamlMapping> root =
        node instanceof YamlMapping map ? Optional.of(map) : Optional.empty();
    Optional<DocumentKind> kind = root.flatMap(DocumentKind::of);
    root.ifPresent(map -> collect(map, kind, names));
    return new Document(root, names.symbols(kind), names.expressions());
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
}
