package io.byteport.dsl.type;

/**
 * How large a regular expression becomes once its counted repetitions are written out, which is
 * what compiling one does. A few characters can ask for billions: {@code ((a{1000}){1000}){1000}}.
 */
final class RegexSize {
  private final String pattern;
  private int at;

  private RegexSize(String pattern) {
    this.pattern = pattern;
  }

  /** At least the number of characters to match; {@link Integer#MAX_VALUE} is a bound. */
  static int of(String pattern) {
    RegexSize size = new RegexSize(pattern);
    return (int) Math.min(Integer.MAX_VALUE, size.whole());
  }

  /** Groups are counted on a stack of sums, since a pattern may nest them deeply. */
  private long whole() {
    long[] sums = new long[pattern.length() + 1];
    int depth = 0;
    while (at < pattern.length()) {
      char c = pattern.charAt(at++);
      if (c == '(') {
        sums[++depth] = 0;
        continue;
      }
      long unit = 1;
      if (c == ')' && depth > 0) {
        unit = Math.max(1, sums[depth--]);
      } else if (c == '\\') {
        at++;
      } else if (c == '[') {
        skipClass();
      }
      sums[depth] = Math.min(Integer.MAX_VALUE, sums[depth] + unit * repetitions());
    }
    long all = 0;
    for (int i = 0; i <= depth; i++) {
      all = Math.min(Integer.MAX_VALUE, all + sums[i]);
    }
    return all;
  }

  private void skipClass() {
    int start = at;
    while (at < pattern.length() && (pattern.charAt(at) != ']' || at == start)) {
      at += pattern.charAt(at) == '\\' ? 2 : 1;
    }
    at++;
  }

  /** The larger number of {@code {n}}, {@code {n,}} or {@code {n,m}} that stands here, or 1. */
  private long repetitions() {
    int close = at < pattern.length() && pattern.charAt(at) == '{' ? pattern.indexOf('}', at) : -1;
    if (close < 0) {
      return 1;
    }
    long most = 1;
    for (String number : pattern.substring(at + 1, close).split(",", 2)) {
      if (number.isEmpty() || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
        continue;
      }
      most = Math.max(most, number.length() > 9 ? Integer.MAX_VALUE : Long.parseLong(number));
    }
    at = close + 1;
    return Math.min(Integer.MAX_VALUE, most);
  }
}
