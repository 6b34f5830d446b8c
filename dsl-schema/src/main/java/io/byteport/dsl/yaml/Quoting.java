package io.byteport.dsl.yaml;

import io.byteport.dsl.diagnostic.Fix;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;

/** Puts a text into quotes. */
final class Quoting {
  private Quoting() {}

  /**
   * The text as a YAML scalar in quotes, with the quotes that need no escape where there are such.
   */
  static String quote(String text) {
    if (isApostrophised(text)) {
      return '"' + text.substring(1, text.length() - 1) + '"';
    }
    if (text.indexOf('\'') >= 0 && text.indexOf('"') < 0 && text.indexOf('\\') < 0) {
      return '"' + text + '"';
    }
    return "'" + text.replace("'", "''") + "'";
  }

  /** Whether it is in single quotes already, and has one too many inside. */
  private static boolean isApostrophised(String text) {
    return text.length() > 1
        && text.startsWith("'")
        && text.endsWith("'")
        && text.indexOf('"') < 0
        && text.indexOf('\\') < 0
        && Balance.isClosed(text.substring(1, text.length() - 1));
  }

  /** A fix that puts what stands at a place into quotes. */
  static Fix fix(SourceFile file, Span span, boolean safe) {
    return new Fix("put the value in quotes", span, quote(file.text(span)), safe);
  }
}
