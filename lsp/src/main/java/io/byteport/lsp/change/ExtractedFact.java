package io.byteport.lsp.change;

import io.byteport.dsl.check.LanguageTypes;
import io.byteport.dsl.check.RunbookAnalysis;
import io.byteport.dsl.edit.Document;
import io.byteport.dsl.edit.Symbols;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.ExprPrinter;
import io.byteport.dsl.schema.DocumentKind;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;

/** Makes a fact of a part of an expression. */
final class ExtractedFact {
  /** Names that mean the same under {@code diagnose} as wherever they may stand. */
  private static final Set<String> ANYWHERE = Set.of("params", "inputs", "signal", "target");

  private ExtractedFact() {}

  static List<CodeAction> of(Asked asked) {
    if (asked.span().length() == 0) {
      return List.of();
    }
    Optional<RunbookAnalysis> analysis = asked.view().analysis();
    if (analysis.isEmpty()) {
      return List.of();
    }
    Document document = Document.of(asked.text());
    Span wanted = trimmed(asked.text(), asked.span());
    return document.expressions().stream()
        .flatMap(expr -> parts(expr).stream())
        .filter(part -> part.span().equals(wanted))
        .filter(part -> !(part instanceof Expr.Literal) && !(part instanceof Expr.Name))
        .filter(part -> movable(part, analysis.get()))
        .min(Comparator.comparingInt(part -> part.span().length()))
        .flatMap(part -> action(asked, analysis.get(), part))
        .stream()
        .toList();
  }

  /** Without blanks and parentheses around it. */
  private static Span trimmed(SourceFile text, Span span) {
    int start = span.start();
    int end = Math.min(span.end(), text.length());
    while (true) {
      if (start < end && Character.isWhitespace(text.codePoint(start))) {
        start++;
      } else if (start < end && Character.isWhitespace(text.codePoint(end - 1))) {
        end--;
      } else if (end - start > 1 && encloses(text, start, end)) {
        start++;
        end--;
      } else {
        return new Span(start, Math.max(start, end));
      }
    }
  }

  private static boolean encloses(SourceFile text, int start, int end) {
    if (text.codePoint(start) != '(' || text.codePoint(end - 1) != ')') {
      return false;
    }
    int depth = 0;
    for (int i = start; i < end - 1; i++) {
      int c = text.codePoint(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth == 0) {
        return false;
      }
    }
    return true;
  }

  private static List<Expr> parts(Expr expr) {
    List<Expr> parts = new ArrayList<>(List.of(expr));
    expr.children().forEach(child -> parts.addAll(parts(child)));
    return parts;
  }

  private static boolean movable(Expr expr, RunbookAnalysis analysis) {
    return switch (expr) {
      case Expr.Element element -> false;
      case Expr.Invalid invalid -> false;
      case Expr.Name name ->
          ANYWHERE.contains(name.name()) || analysis.runbook().diagnose().containsKey(name.name());
      case Expr.Call call when usesElement(call) -> movableCall(call, analysis);
      default -> expr.children().stream().allMatch(child -> movable(child, analysis));
    };
  }

  /** A list function takes its {@code $} along. */
  private static boolean movableCall(Expr.Call call, RunbookAnalysis analysis) {
    return call.children().stream()
        .flatMap(child -> parts(child).stream())
        .allMatch(
            part ->
                switch (part) {
                  case Expr.Name name -> movable(name, analysis);
                  case Expr.Invalid invalid -> false;
                  default -> true;
                });
  }

  private static boolean usesElement(Expr.Call call) {
    return call.arguments().size() > 1
        && call.arguments().stream()
            .skip(1)
            .anyMatch(
                argument -> parts(argument).stream().anyMatch(Expr.Element.class::isInstance));
  }

  private static Optional<CodeAction> action(Asked asked, RunbookAnalysis analysis, Expr part) {
    Set<String> taken = new HashSet<>(analysis.runbook().diagnose().keySet());
    Symbols.of(asked.text()).occurrences().forEach(name -> taken.add(name.name()));
    String name = free(name(part), taken);
    Sections sections = new Sections(asked.text(), analysis.root(), DocumentKind.RUNBOOK);
    return sections
        .add(List.of("diagnose"), name + ": " + Written.expression(ExprPrinter.print(part)))
        .flatMap(
            added ->
                asked.faithful(
                    "extract the fact `" + name + "`",
                    CodeActionKind.RefactorExtract,
                    List.of(added, new Change(part.span(), name))));
  }

  /** Of what it is about: the last field or the function. */
  private static String name(Expr part) {
    return switch (part) {
      case Expr.Field field -> field.name();
      case Expr.Call call -> call.function() + capital(subject(call));
      case Expr.Comparison comparison -> "is" + capital(subject(comparison.left()));
      case Expr.Match match -> "matches" + capital(subject(match.text()));
      case Expr.Membership member -> "has" + capital(subject(member.element()));
      case Expr other -> subject(other);
    };
  }

  private static String subject(Expr expr) {
    return parts(expr).stream()
        .map(
            part ->
                switch (part) {
                  case Expr.Field field -> field.name();
                  case Expr.Name name -> name.name();
                  case Expr other -> "";
                })
        .filter(name -> !name.isEmpty())
        .findFirst()
        .orElse("found");
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  private static String free(String base, Set<String> taken) {
    String word = base.matches("[a-z][A-Za-z0-9_]*") ? base : "found";
    String name = taken.contains(word) || LanguageTypes.NAMES.contains(word) ? word + "Fact" : word;
    String free = name;
    for (int i = 2; taken.contains(free); i++) {
      free = name + i;
    }
    return free;
  }
}
