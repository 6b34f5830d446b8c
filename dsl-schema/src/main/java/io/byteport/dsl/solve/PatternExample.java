package io.byteport.dsl.solve;

import com.google.re2j.Pattern;
import java.util.Optional;

/**
 * Makes a text in which a pattern is found, for patterns of the usual kind: the first of several
 * alternatives, the first of a class, each optional part left out.
 */
final class PatternExample {
  private final String pattern;
  private int at;

  private PatternExample(String pattern) {
    this.pattern = pattern;
  }

  /** A text in which the pattern is found; empty where none was made. */
  static Optional<String> of(Pattern pattern) {
    PatternExample example = new PatternExample(pattern.pattern());
    String text = example.alternatives();
    return example.at == example.pattern.length() && pattern.matcher(text).find()
        ? Optional.of(text)
        : Optional.empty();
  }

  private boolean more() {
    return at < pattern.length();
  }

  private String alternatives() {
    String first = sequence();
    while (more() && pattern.charAt(at) == '|') {
      at++;
      sequence();
    }
    return first;
  }

  private String sequence() {
    StringBuilder text = new StringBuilder();
    while (more() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
      text.append(repeated(single()));
    }
    return text.toString();
  }

  private String repeated(String once) {
    if (!more()) {
      return once;
    }
    String text = once;
    char c = pattern.charAt(at);
    if (c == '*' || c == '?' || c == '+') {
      at++;
      text = c == '+' ? once : "";
    } else if (c == '{' && pattern.indexOf('}', at) > 0) {
      int end = pattern.indexOf('}', at);
      String least = pattern.substring(at + 1, end).split(",", -1)[0];
      at = end + 1;
      text = least.matches("[0-9]{1,2}") ? once.repeat(Integer.parseInt(least)) : once;
    }
    if (more() && pattern.charAt(at) == '?') {
      at++; // not greedy
    }
    return text;
  }

  private String single() {
    char c = pattern.charAt(at++);
    return switch (c) {
      case '^', '$' -> "";
      case '.' -> "x";
      case '(' -> group();
      case '[' -> choice();
      case '\\' -> escape();
      default -> String.valueOf(c);
    };
  }

  private String group() {
    if (more() && pattern.charAt(at) == '?') {
      int colon = pattern.indexOf(':', at);
      int close = pattern.indexOf(')', at);
      int end = colon > 0 && colon < close ? colon : close;
      at = end < 0 ? pattern.length() : end + (end == colon ? 1 : 0);
    }
    String text = alternatives();
    at = Math.min(at + 1, pattern.length());
    return text;
  }

  private String choice() {
    int end = pattern.indexOf(']', at + 1);
    if (end < 0) {
      return "";
    }
    String inside = pattern.substring(at, end);
    at = end + 1;
    if (!inside.startsWith("^")) {
      return inside.startsWith("\\") && inside.length() > 1
          ? escaped(inside.charAt(1))
          : inside.substring(0, 1);
    }
    for (String one : new String[] {"x", "0", " ", "-"}) {
      if (!inside.contains(one)) {
        return one;
      }
    }
    return "~";
  }

  private String escape() {
    return more() ? escaped(pattern.charAt(at++)) : "";
  }

  private static String escaped(char c) {
    return switch (c) {
      case 'd' -> "0";
      case 'w' -> "a";
      case 's' -> " ";
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'b' -> "";
      case 'S', 'D', 'W' -> c == 'W' ? "-" : "x";
      default -> String.valueOf(c);
    };
  }
}
