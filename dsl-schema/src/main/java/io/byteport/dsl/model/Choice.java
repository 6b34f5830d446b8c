package io.byteport.dsl.model;

import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of values with conditions: the first whose condition is true, else null. A plain value is
 * a choice of one without condition.
 */
public record Choice(List<Option> options, Span span) {

  public Choice {
    options = List.copyOf(options);
  }

  public static Choice of(ValueExpr value) {
    return new Choice(List.of(new Option(value, null, value.span())), value.span());
  }

  /**
   * @param when null where the option always holds
   */
  public record Option(ValueExpr value, @Nullable Expr when, Span span) {}
}
