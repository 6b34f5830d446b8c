package io.byteport.dsl.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** One {@code [...]} of a path pattern: characters, ranges and classes such as [:digit:]. */
final class Bracket {
  private static final Map<String, int[]> CLASSES =
      Map.ofEntries(
          Map.entry("alnum", new int[] {'0', '9', 'A', 'Z', 'a', 'z'}),
          Map.entry("alpha", new int[] {'A', 'Z', 'a', 'z'}),
          Map.entry("blank", new int[] {'\t', '\t', ' ', ' '}),
          Map.entry("cntrl", new int[] {0, 31, 127, 127}),
          Map.entry("digit", new int[] {'0', '9'}),
          Map.entry("graph", new int[] {'!', '~'}),
          Map.entry("lower", new int[] {'a', 'z'}),
          Map.entry("print", new int[] {' ', '~'}),
          Map.entry("punct", new int[] {'!', '/', ':', '@', '[', '`', '{', '~'}),
          Map.entry("space", new int[] {'\t', '\r', ' ', ' '}),
          Map.entry("upper", new int[] {'A', 'Z'}),
          Map.entry("xdigit", new int[] {'0', '9', 'A', 'F', 'a', 'f'}));

  private final int[] pattern;
  private final List<Range> ranges = new ArrayList<>();
  private boolean negated;
  private boolean closed;
  private int at;

  private record Range(int first, int last) {}

  /**
   * @param start of the opening bracket
   */
  Bracket(int[] pattern, int start) {
    this.pattern = pattern;
    this.at = start + 1;
    if (peek(0) == '!' || peek(0) == '^') {
      negated = true;
      at++;
    }
    closed = read();
  }

  /** Whether it has an end, and knows its classes. */
  boolean isClosed() {
    return closed;
  }

  /** Where the pattern goes on. */
  int end() {
    return at;
  }

  private int peek(int ahead) {
    return at + ahead < pattern.length ? pattern[at + ahead] : -1;
  }

  private boolean read() {
    boolean first = true;
    int previous = -1;
    while (peek(0) != -1 && (first || peek(0) != ']')) {
      first = false;
      int c = peek(0);
      if (c == '[' && peek(1) == ':') {
        if (!readClass()) {
          return false;
        }
        previous = -1;
      } else if (c == '-' && previous >= 0 && peek(1) != -1 && peek(1) != ']') {
        at++;
        int last = character();
        ranges.add(new Range(previous, last));
        previous = -1;
      } else {
        previous = character();
        ranges.add(new Range(previous, previous));
      }
    }
    at++;
    return at <= pattern.length;
  }

  /** The next character, which may be escaped. */
  private int character() {
    at += peek(0) == '\\' && peek(1) != -1 ? 1 : 0;
    return pattern[at++];
  }

  private boolean readClass() {
    StringBuilder name = new StringBuilder();
    int end = at + 2;
    while (end < pattern.length && pattern[end] != ']') {
      name.appendCodePoint(pattern[end++]);
    }
    if (end == pattern.length) {
      return false;
    }
    if (name.isEmpty() || name.charAt(name.length() - 1) != ':') {
      ranges.add(new Range('[', '['));
      at++;
      return true;
    }
    int[] bounds = CLASSES.get(name.substring(0, name.length() - 1));
    if (bounds == null) {
      return false;
    }
    for (int i = 0; i < bounds.length; i += 2) {
      ranges.add(new Range(bounds[i], bounds[i + 1]));
    }
    at = end + 1;
    return true;
  }

  /** A class of RE2 without the slash, which no bracket matches. */
  String regex() {
    if (negated) {
      StringBuilder regex = new StringBuilder("[^/");
      ranges.stream().filter(range -> range.first <= range.last).forEach(one -> add(regex, one));
      return regex.append(']').toString();
    }
    StringBuilder regex = new StringBuilder("[");
    ranges.sort(Comparator.comparingInt(Range::first));
    for (Range range : ranges) {
      addUnlessEmpty(regex, new Range(range.first, Math.min(range.last, '/' - 1)));
      addUnlessEmpty(regex, new Range(Math.max(range.first, '/' + 1), range.last));
    }
    return regex.length() == 1 ? "[^\\x{0}-\\x{10FFFF}]" : regex.append(']').toString();
  }

  private static void addUnlessEmpty(StringBuilder regex, Range range) {
    if (range.first <= range.last) {
      add(regex, range);
    }
  }

  private static void add(StringBuilder regex, Range range) {
    regex
        .append("\\x{")
        .append(Integer.toHexString(range.first))
        .append("}-\\x{")
        .append(Integer.toHexString(range.last))
        .append('}');
  }
}
