package io.byteport.dsl.settings;

import java.util.Optional;

/**
 * Translates the wildcards of a path pattern into a regular expression of RE2: {@code *} and {@code
 * ?} stay within a name, a {@code **} that stands alone between slashes spans folders. Used once.
 */
final class Wildcards {
  private final int[] pattern;
  private final StringBuilder regex = new StringBuilder();
  private int at;

  Wildcards(String pattern) {
    this.pattern = pattern.codePoints().toArray();
  }

  /** Empty where the pattern can match nothing: a bracket or an escape is left open. */
  Optional<String> regex() {
    while (at < pattern.length) {
      int c = pattern[at];
      switch (c) {
        case '*' -> stars();
        case '?' -> {
          regex.append("[^/]");
          at++;
        }
        case '[' -> {
          Bracket bracket = new Bracket(pattern, at);
          if (!bracket.isClosed()) {
            return Optional.empty();
          }
          regex.append(bracket.regex());
          at = bracket.end();
        }
        case '\\' -> {
          if (at + 1 == pattern.length) {
            return Optional.empty();
          }
          literal(pattern[at + 1]);
          at += 2;
        }
        default -> {
          literal(c);
          at++;
        }
      }
    }
    return Optional.of(regex.toString());
  }

  private void literal(int codePoint) {
    regex.append("\\x{").append(Integer.toHexString(codePoint)).append('}');
  }

  private void stars() {
    int start = at;
    while (at < pattern.length && pattern[at] == '*') {
      at++;
    }
    boolean opens = start == 0 || pattern[start - 1] == '/';
    boolean closes = at == pattern.length || pattern[at] == '/';
    if (at - start < 2 || !opens || !closes) {
      regex.append("[^/]*");
    } else if (at == pattern.length) {
      regex.append(".*");
    } else {
      regex.append("(?:.*/)?");
      at++;
    }
  }
}
