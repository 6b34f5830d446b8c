package io.byteport.dsl.expr;

import java.util.Map;
import java.util.Optional;

/**
 * Words of other languages that people try, and what to write here instead. They remain usable as
 * names.
 */
final class ForeignWords {
  private static final String NO_CODE =
      "an expression only computes a value from the names in scope";

  private static final Map<String, String> HINTS =
      Map.ofEntries(
          Map.entry("new", NO_CODE),
          Map.entry("import", NO_CODE),
          Map.entry("def", NO_CODE),
          Map.entry("function", NO_CODE),
          Map.entry("proto", NO_CODE),
          Map.entry("var", NO_CODE),
          Map.entry("return", NO_CODE),
          Map.entry("assert", NO_CODE),
          Map.entry("try", NO_CODE),
          Map.entry("isdef", "compare with null, as in `name != null`"),
          Map.entry("if", "use a choice: a list of `value` and `when`"),
          Map.entry("else", "use a choice: a list of `value` and `when`"),
          Map.entry("then", "use a choice: a list of `value` and `when`"),
          Map.entry("switch", "use a choice: a list of `value` and `when`"),
          Map.entry("for", "use a list function, as in `any(list, $.ready)`"),
          Map.entry("foreach", "use a list function, as in `any(list, $.ready)`"),
          Map.entry("while", "use a list function, as in `any(list, $.ready)`"),
          Map.entry("do", "use a list function, as in `any(list, $.ready)`"),
          Map.entry("until", "use a list function, as in `any(list, $.ready)`"),
          Map.entry("with", NO_CODE),
          Map.entry("instanceof", "compare with `==`; types are known before a runbook runs"),
          Map.entry("is", "compare with `==`"),
          Map.entry("eq", "compare with `==`"),
          Map.entry("ne", "compare with `!=`"),
          Map.entry("lt", "compare with `<`"),
          Map.entry("le", "compare with `<=`"),
          Map.entry("gt", "compare with `>`"),
          Map.entry("ge", "compare with `>=`"),
          Map.entry("not", "write `not (a in b)`"),
          Map.entry("AND", "write `and`"),
          Map.entry("OR", "write `or`"),
          Map.entry("NOT", "write `not`"),
          Map.entry("IN", "write `in`"),
          Map.entry("mod", "there is no remainder"),
          Map.entry("like", "write `text ~= \"pattern\"`"),
          Map.entry("matches", "write `text ~= \"pattern\"`"),
          Map.entry("startsWith", "write `startsWith(text, prefix)`"),
          Map.entry("endsWith", "write `endsWith(text, suffix)`"),
          Map.entry("strsim", "there are only exact comparisons and patterns"),
          Map.entry("soundslike", "there are only exact comparisons and patterns"),
          Map.entry("convertable_to", "write `number(x)`, `text(x)` or `time(x)`"));

  private ForeignWords() {}

  /** What to write instead of this word where it cannot stand. */
  static Optional<String> hint(String word) {
    return Optional.ofNullable(HINTS.get(word));
  }
}
