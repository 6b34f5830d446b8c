package io.byteport.dsl.model;

import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.Template;
import io.byteport.dsl.source.SourceMap;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.value.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands where the language takes a literal, text with interpolations, or a structure of them.
 */
public sealed interface ValueExpr {

  Span span();

  /**
   * A scalar without interpolation, as YAML reads it; what it means depends on the type that is
   * expected.
   */
  record Constant(Value value, SourceMap map, Span span) implements ValueExpr {}

  /** A scalar that is exactly one interpolation; the value keeps its type. */
  record Single(Expr expr, Span span) implements ValueExpr {}

  /** Text with at least one interpolation and something beside it; always text. */
  record Interpolated(Template template, Span span) implements ValueExpr {}

  record ListOf(List<ValueExpr> items, Span span) implements ValueExpr {
    public ListOf {
      items = List.copyOf(items);
    }
  }

  record MapOf(Map<String, Entry> entries, Span span) implements ValueExpr {
    public MapOf {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }
  }

  record Entry(Id key, ValueExpr value) {}
}
