package io.byteport.lsp.change;

import io.byteport.dsl.check.RunbookAnalysis;
import io.byteport.dsl.edit.Document;
import io.byteport.dsl.edit.Occurrence;
import io.byteport.dsl.edit.SymbolKind;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.ExprPrinter;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.Style;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;

/** Puts what a computed fact is computed from into its places, and takes the fact away. */
final class InlinedFact {
  private InlinedFact() {}

  static List<CodeAction> of(Asked asked) {
    RunbookAnalysis analysis = asked.view().analysis().orElse(null);
    if (analysis == null) {
      return List.of();
    }
    Document document = Document.of(asked.text());
    return document.symbols().occurrences().stream()
        .filter(one -> one.kind() == SymbolKind.FACT && holds(one.span(), asked.span()))
        .findFirst()
        .flatMap(one -> changes(asked.text(), analysis, document, one.name()))
        .flatMap(
            changes -> asked.faithful("inline this fact", CodeActionKind.RefactorInline, changes))
        .stream()
        .toList();
  }

  private static boolean holds(Span name, Span asked) {
    return name.start() <= asked.start() && asked.end() <= name.end();
  }

  private static Optional<List<Change>> changes(
      SourceFile text, RunbookAnalysis analysis, Document document, String name) {
    Entry entry =
        analysis
            .root()
            .get("diagnose")
            .filter(YamlMapping.class::isInstance)
            .flatMap(map -> ((YamlMapping) map).entry(name))
            .orElse(null);
    if (entry == null
        || !(analysis.runbook().diagnose().get(name) instanceof Fact.Computed computed)) {
      return Optional.empty();
    }
    Set<Span> bare = new HashSet<>();
    document.expressions().forEach(expr -> names(expr, name, bare));
    List<Change> changes = new ArrayList<>();
    String piece = piece(computed.expr());
    for (Occurrence use : document.symbols().occurrences()) {
      if (use.kind() != SymbolKind.FACT || !use.name().equals(name) || use.declares()) {
        continue;
      }
      Optional<String> written =
          style(analysis.root(), use.span()).flatMap(style -> Written.within(piece, style));
      if (!bare.contains(use.span()) || written.isEmpty()) {
        return Optional.empty(); // it is named where no expression may stand
      }
      changes.add(new Change(use.span(), written.get()));
    }
    if (changes.isEmpty()) {
      return Optional.empty();
    }
    changes.add(new Change(lines(text, alone(analysis.root(), entry)), ""));
    return Optional.of(changes);
  }

  /** The section where the entry is the only one in it. */
  private static Entry alone(YamlMapping root, Entry entry) {
    return root.entry("diagnose")
        .filter(section -> section.value() instanceof YamlMapping map && map.entries().size() == 1)
        .orElse(entry);
  }

  private static String piece(Expr expr) {
    String printed = ExprPrinter.print(expr);
    return switch (expr) {
      case Expr.Literal literal -> printed;
      case Expr.Name name -> printed;
      case Expr.Field field -> printed;
      case Expr.Index index -> printed;
      case Expr.Call call -> printed;
      case Expr.ListLiteral list -> printed;
      case Expr other -> "(" + printed + ")";
    };
  }

  /** Where a name stands by itself, rather than behind {@code before}. */
  private static void names(Expr expr, String name, Set<Span> found) {
    if (expr instanceof Expr.Name one && one.name().equals(name)) {
      found.add(one.span());
    }
    expr.children().forEach(child -> names(child, name, found));
  }

  private static Optional<Style> style(YamlNode node, Span span) {
    return switch (node) {
      case YamlScalar scalar ->
          scalar.span().start() <= span.start() && span.end() <= scalar.span().end()
              ? Optional.of(scalar.style())
              : Optional.empty();
      case YamlMapping mapping ->
          mapping.entries().stream()
              .flatMap(entry -> style(entry.value(), span).stream())
              .findFirst();
      case YamlSequence sequence ->
          sequence.items().stream().flatMap(item -> style(item, span).stream()).findFirst();
    };
  }

  /** The lines of an entry, the break behind them included. */
  private static Span lines(SourceFile text, Entry entry) {
    int first = text.position(entry.key().span().start()).line();
    int end = entry.value().span().end();
    while (end > 0 && Character.isWhitespace(text.codePoint(end - 1))) {
      end--;
    }
    int last = text.position(end).line();
    int after = last + 1 < text.lineCount() ? text.lineSpan(last + 1).start() : text.length();
    return new Span(text.lineSpan(first).start(), after);
  }
}
