package io.byteport.lsp;

import io.byteport.dsl.check.RunbookAnalysis;
import io.byteport.dsl.edit.Occurrence;
import io.byteport.dsl.edit.SymbolKind;
import io.byteport.dsl.edit.Symbols;
import io.byteport.dsl.model.Runbook.Rule;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.workspace.FileKind;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.lsp.live.TestFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.Position;

/**
 * What can be run, and how often a name is used, above its declaration. Stateless, safe for use by
 * several threads.
 */
final class CodeLensHandler {
  private static final Set<SymbolKind> COUNTED =
      Set.of(
          SymbolKind.FACT,
          SymbolKind.PARAMETER,
          SymbolKind.INPUT,
          SymbolKind.BLOCK,
          SymbolKind.FIXTURE);

  private final View view;
  private final String uri;
  private final List<CodeLens> lenses = new ArrayList<>();

  private CodeLensHandler(View view, String uri) {
    this.view = view;
    this.uri = uri;
  }

  /**
   * @param uri of the document as the client writes it
   * @param coverage of the rules at the last run of all tests, in words, by class
   */
  static List<CodeLens> in(View view, String uri, Map<String, String> coverage) {
    CodeLensHandler handler = new CodeLensHandler(view, uri);
    switch (view.kind()) {
      case RUNBOOK -> handler.runbook(coverage);
      case TEST -> handler.test();
      case LIBRARY, SETTINGS, CONNECTIONS, AGENT -> {}
    }
    handler.uses();
    return handler.lenses;
  }

  private void runbook(Map<String, String> coverage) {
    if (TestFiles.id(view.text()).isEmpty()) {
      return;
    }
    boolean tested = !TestFiles.of(view).isEmpty();
    if (tested) {
      lens(Span.START, "run tests", Commands.RUN_TESTS, Map.of());
      lens(Span.START, "dry-run with a case…", Commands.EXPLAIN, Map.of());
      lens(Span.START, "explain with a case…", Commands.EXPLAIN_WITH, Map.of());
    }
    lens(Span.START, "show flow", Commands.FLOW, Map.of());
    view.analysis().ifPresent(analysis -> rules(analysis, coverage));
  }

  private void rules(RunbookAnalysis analysis, Map<String, String> coverage) {
    List<Rule> rules = analysis.runbook().classify().rules();
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      if (analysis.sources().file(rule.span()) != analysis.sources().own()) {
        continue;
      }
      Span place = rule.classId().span();
      String reached = coverage.get(rule.classId().name());
      if (reached != null) {
        lens(place, reached, Commands.RUN_TESTS, Map.of());
      }
      lens(place, "create test", Commands.CREATE_TEST, Map.of("rule", i));
    }
  }

  private void test() {
    lens(Span.START, "run", Commands.RUN_TESTS, Map.of());
    for (YamlScalar name : TestFiles.cases(view.text())) {
      lens(name.span(), "run", Commands.RUN_TESTS, Map.of("case", name.text()));
      if (!name.text().contains("${")) {
        lens(name.span(), "explain", Commands.EXPLAIN, Map.of("case", name.text()));
        lens(name.span(), "explain live", Commands.EXPLAIN_WITH, Map.of("case", name.text()));
      }
    }
  }

  private void uses() {
    Symbols own = Symbols.of(view.text());
    List<Symbols> others = new ArrayList<>();
    if (view.kind() == FileKind.RUNBOOK) {
      for (SourceFile test : TestFiles.of(view)) {
        others.add(Symbols.of(test));
      }
    }
    for (Occurrence name : own.occurrences()) {
      if (name.declares() && COUNTED.contains(name.kind())) {
        long inside = uses(own, name);
        long tested = others.stream().mapToLong(other -> mentions(other, name)).sum();
        Position at = Positions.of(view.text(), name.span().start());
        lens(
            name.span(),
            count(inside) + (tested == 0 ? "" : ", " + tested + " in tests"),
            Commands.REFERENCES,
            Map.of("line", at.getLine(), "character", at.getCharacter()));
      }
    }
  }

  private static long uses(Symbols symbols, Occurrence name) {
    return symbols.occurrences().stream()
        .filter(other -> !other.declares() && name.isAlike(other))
        .count();
  }

  private static long mentions(Symbols test, Occurrence name) {
    return test.occurrences().stream()
        .filter(other -> other.kind() == name.kind() && other.name().equals(name.name()))
        .count();
  }

  private static String count(long uses) {
    return uses == 1 ? "1 use" : uses + " uses";
  }

  private void lens(Span span, String title, String command, Map<String, Object> more) {
    Map<String, Object> argument = new LinkedHashMap<>();
    argument.put("uri", uri);
    argument.putAll(more);
    lenses.add(
        new CodeLens(view.range(span), new Command(title, command, List.of(argument)), null));
  }
}
