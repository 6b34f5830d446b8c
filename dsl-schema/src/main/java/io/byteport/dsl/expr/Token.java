package io.byteport.dsl.expr;

import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * One word of an expression.
 *
 * @param text as it is written; of a {@link Kind#PROBLEM} nothing is known
 * @param value of a {@link Kind#LITERAL}, else null
 * @param problem why the text could not be read on from here, for {@link Kind#PROBLEM} only
 * @param start first code point, counted in the expression's text
 * @param end code point after the last
 */
record Token(
    Kind kind, String text, @Nullable Value value, @Nullable Problem problem, int start, int end) {

  enum Kind {
    NAME,
    LITERAL,
    SYMBOL,
    PROBLEM,
    END
  }

  /** Why an expression is refused, before it has a place in a file. */
  record Problem(DiagnosticCode code, String message, @Nullable String hint) {}

  boolean is(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }

  /** What a message calls it. */
  String described() {
    return switch (kind) {
      case END -> "the end";
      case NAME, LITERAL, SYMBOL, PROBLEM -> "`" + text + "`";
    };
  }
}
