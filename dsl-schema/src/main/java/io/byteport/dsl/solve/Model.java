package io.byteport.dsl.solve;

import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.ExprPrinter;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.value.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Example facts: a value for each term that matters, null included. A term of which nothing can be
 * known is not among them. Immutable.
 */
public final class Model {
  private static final Span NOWHERE = new Span(0, 0);

  private final Map<Term, Value> values;
  private final boolean plain;

  Model(Map<Term, Value> values) {
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    this.plain =
        telling().keySet().stream().allMatch(Term::plain) && independent(telling().keySet());
  }

  /** Without what only says that a record is there, and without the absent parts of absent ones. */
  private Map<Term, Value> telling() {
    Map<Term, Value> telling = new LinkedHashMap<>();
    values.forEach(
        (term, value) -> {
          boolean there = term.kind() == Term.Kind.OTHER && !value.isNull();
          boolean follows =
              value.isNull()
                  && term.needs().stream()
                      .anyMatch(need -> values.getOrDefault(need, Value.TRUE).isNull());
          if (!there && !follows) {
            telling.put(term, value);
          }
        });
    return telling;
  }

  /** Whether no term hangs on another, so that all may have these values at once. */
  private static boolean independent(Set<Term> terms) {
    for (Term one : terms) {
      for (Term other : terms) {
        if (!one.equals(other) && within(one.key(), other.key())) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean within(String inner, String outer) {
    String start = inner.startsWith("count(") ? inner.substring("count(".length()) : inner;
    return start.startsWith(outer)
        && start.length() > outer.length()
        && ".[)".indexOf(start.charAt(outer.length())) >= 0;
  }

  public Map<Term, Value> values() {
    return values;
  }

  /** Whether a person can bring these facts about: all are paths, and none hangs on another. */
  public boolean isPlain() {
    return plain;
  }

  /** The facts as conditions, in the order in which they were asked about. */
  public String shown() {
    StringBuilder out = new StringBuilder();
    Map<Term, Value> telling = telling();
    int left = telling.size();
    for (Map.Entry<Term, Value> entry : telling.entrySet()) {
      left--;
      String separator = out.isEmpty() ? "" : left == 0 ? " and " : ", ";
      out.append(separator).append('`').append(shown(entry.getKey(), entry.getValue())).append('`');
    }
    return out.toString();
  }

  private static String shown(Term term, Value value) {
    return term.shown() + " == " + ExprPrinter.print(new Expr.Literal(value, NOWHERE));
  }

  /** The value of a term by its canonical text; empty where it does not matter. */
  public Optional<Value> value(String key) {
    return values.entrySet().stream()
        .filter(entry -> entry.getKey().key().equals(key))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
