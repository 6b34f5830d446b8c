package io.byteport.adapter.sql.mongo;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Commands of MongoDB without the data in them: names of fields and operators, and a question mark
 * for each value. Pure.
 */
final class Shape {
  private static final int LONGEST = 500;
  private static final int DEEPEST = 12;

  /** What a driver adds to every command. */
  private static final Set<String> ADDED =
      Set.of(
          "lsid",
          "$clusterTime",
          "$db",
          "$readPreference",
          "txnNumber",
          "apiVersion",
          "autocommit",
          "startTransaction",
          "$audit",
          "$client",
          "comment");

  private Shape() {}

  /**
   * @param namespace database and collection; data of nobody's, unlike what stands in the command
   */
  static String of(String operation, String namespace, Map<?, ?> command) {
    StringBuilder text = new StringBuilder();
    text.append(operation).append(' ').append(namespace).append(' ');
    document(text, command, 0);
    return cut(text.toString().strip());
  }

  private static void document(StringBuilder text, Map<?, ?> document, int depth) {
    text.append('{');
    String before = "";
    for (Map.Entry<?, ?> field : document.entrySet()) {
      String name = String.valueOf(field.getKey());
      if (text.length() > LONGEST) {
        break;
      }
      if (depth > 0 || !ADDED.contains(name)) {
        text.append(before).append(name).append(": ");
        value(text, field.getValue(), depth + 1);
        before = ", ";
      }
    }
    text.append('}');
  }

  private static void value(StringBuilder text, Object value, int depth) {
    switch (value) {
      case Map<?, ?> document when depth < DEEPEST -> document(text, document, depth);
      case List<?> list when depth < DEEPEST && !list.isEmpty() -> {
        text.append('[');
        value(text, list.getFirst(), depth + 1);
        text.append(list.size() > 1 ? ", …]" : "]");
      }
      case null, default -> text.append('?');
    }
  }

  private static String cut(String text) {
    StringBuilder plain = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .forEach(c -> plain.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
    return plain + (text.codePointCount(0, text.length()) > LONGEST ? "…" : "");
  }
}
