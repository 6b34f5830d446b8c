package io.byteport.cli;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.ExprPrinter;
import io.byteport.dsl.model.Choice;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.source.Origin;
import io.byteport.dsl.source.Span;
import io.byteport.engine.run.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where the terms of an account are written. A term is known by its canonical text, which means the
 * same wherever it stands in one condition; so it may have several places.
 */
final class TermPlaces {
  private final CheckedRunbook runbook;

  TermPlaces(CheckedRunbook runbook) {
    this.runbook = runbook;
  }

  /** Where a fact is declared; empty where it is not. */
  List<Map<String, Object>> fact(String name) {
    Fact fact = runbook.runbook().diagnose().get(name);
    return fact == null ? List.of() : List.of(place(fact.id().span()));
  }

  /** Where the class of a rule is written. */
  Map<String, Object> name(Id id) {
    return place(id.span());
  }

  /** Where a term of a condition is written, computed facts being written elsewhere. */
  List<Map<String, Object>> of(Term term, List<Expr> conditions) {
    if (term.kind() == Term.Kind.LITERAL) {
      return List.of();
    }
    return conditions.stream()
        .flatMap(TermPlaces::within)
        .filter(part -> Term.line(ExprPrinter.print(part)).equals(term.text()))
        .map(part -> place(part.span()))
        .distinct()
        .toList();
  }

  /** What the parts of a term are written in. */
  List<Expr> below(Term term, List<Expr> conditions) {
    if (term.kind() != Term.Kind.FACT) {
      return conditions;
    }
    return switch (runbook.runbook().diagnose().get(term.text())) {
      case Fact.Computed computed -> List.of(computed.expr());
      case Fact.Chosen chosen ->
          chosen.choice().options().stream()
              .map(Choice.Option::when)
              .filter(Objects::nonNull)
              .toList();
      case Fact.Read read -> List.of();
      case null -> List.of();
    };
  }

  private static Stream<Expr> within(Expr expr) {
    List<Expr> parts = new ArrayList<>(List.of(expr));
    expr.children().forEach(child -> within(child).forEach(parts::add));
    return parts.stream();
  }

  private Map<String, Object> place(Span span) {
    Origin origin = runbook.sources().origin(span);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", origin.file().name());
    json.put("start", origin.span().start());
    json.put("end", origin.span().end());
    return json;
  }
}
