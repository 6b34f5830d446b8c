package io.byteport.adapter.probes.prometheus;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.Locale;
import java.util.Map;

/**
 * Fills the names that a query writes as {@code $service} with values, as string literals of
 * PromQL. A name may stand only where the value of a label matcher does, so that a value never
 * becomes anything but a value; after {@code =~} and {@code !~} it is escaped as a regular
 * expression too. What stands in strings and comments is left as it is. For one query.
 */
final class Promql {
  private static final int LONGEST_VALUE = 4096;
  private static final String REGULAR = "\\.+*?()|[]{}^$";

  private final String query;
  private final Map<String, String> values;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private boolean inBraces;

  private Promql(String query, Map<String, String> values) {
    this.query = query;
    this.values = values;
  }

  /**
   * The query with its names filled; values that it does not name are not used.
   *
   * @throws ActionException if it names what has no value, or where no value of a label can stand;
   *     INVALID
   */
  static String bind(String query, Map<String, String> values) throws ActionException {
    return new Promql(query, values).filled();
  }

  private String filled() throws ActionException {
    while (at < query.length()) {
      char c = query.charAt(at);
      switch (c) {
        case '"', '\'', '`' -> copyString(c);
        case '#' -> copyComment();
        case '$' -> fill();
        default -> {
          inBraces = c == '{' || (inBraces && c != '}');
          out.append(c);
          at++;
        }
      }
    }
    return out.toString();
  }

  private void copyString(char quote) {
    int end = at + 1;
    while (end < query.length() && query.charAt(end) != quote) {
      end += query.charAt(end) == '\\' && quote != '`' ? 2 : 1;
    }
    copy(Math.min(end + 1, query.length()));
  }

  private void copyComment() {
    int end = query.indexOf('\n', at);
    copy(end < 0 ? query.length() : end);
  }

  private void copy(int end) {
    out.append(query, at, end);
    at = end;
  }

  private void fill() throws ActionException {
    int end = at + 1;
    while (end < query.length() && isWord(query.charAt(end))) {
      end++;
    }
    String name = query.substring(at + 1, end);
    String before = out.toString().stripTrailing();
    boolean regular = before.endsWith("=~") || before.endsWith("!~");
    boolean equal = before.endsWith("=") && !before.endsWith("==");
    if (name.isEmpty() || !inBraces || !(regular || equal) || !endsMatcher(end)) {
      throw invalid(
          "`$"
              + name
              + "` stands where no value of a label can; write it as in {label=$"
              + name
              + "}");
    }
    String value = values.get(name);
    if (value == null) {
      throw invalid("the query names `$" + name + "`, which `bind` gives no value");
    }
    if (value.length() > LONGEST_VALUE) {
      throw invalid("the value of `$" + name + "` is longer than " + LONGEST_VALUE + " characters");
    }
    literal(regular ? escaped(value) : value);
    at = end;
  }

  private static boolean isWord(char c) {
    return c == '_' || (c < 0x80 && Character.isLetterOrDigit(c));
  }

  private boolean endsMatcher(int from) {
    String rest = query.substring(from).stripLeading();
    return rest.startsWith(",") || rest.startsWith("}");
  }

  private static String escaped(String value) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (REGULAR.indexOf(c) >= 0) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }

  /** A literal in double quotes, with the escapes of the language Go. */
  private void literal(String value) {
    out.append('"');
    value
        .codePoints()
        .forEach(
            point -> {
              if (point == '"' || point == '\\') {
                out.append('\\').appendCodePoint(point);
              } else if (point < ' ' || point == 0x7F) {
                out.append(String.format(Locale.ROOT, "\\x%02x", point));
              } else if (Character.getType(point) == Character.SURROGATE) {
                out.append("\\ufffd");
              } else {
                out.appendCodePoint(point);
              }
            });
    out.append('"');
  }

  private static ActionException invalid(String message) {
    return ActionException.refused(FailureKind.INVALID, message);
  }
}
