package io.byteport.dsl.yaml;

import io.byteport.dsl.source.SourceFile;
import java.util.regex.Pattern;

/** How far an unquoted value was meant to go, where YAML stops earlier. */
final class FlowText {
  private static final Pattern NEXT_FIELD =
      Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_.-]*|\"[^\"]*\"|'[^']*')\\s*:(\\s.*|)");

  private FlowText() {}

  /**
   * The end of a value in {@code {}} or {@code []}: before the bracket that closes the collection
   * or the comma before the next entry, both outside of brackets and quotes, and at the latest at
   * the end of the line.
   *
   * @param inside the bracket that opens the collection
   */
  static int end(SourceFile file, int start, char inside) {
    Balance balance = new Balance();
    int lineEnd = Lines.end(file, start);
    int at = start;
    while (at < lineEnd) {
      int c = file.codePoint(at);
      if (balance.isClosed()
          && (c == '}' || c == ']' || (c == ',' && separates(file, at, inside)))) {
        break;
      }
      balance.take(c);
      at++;
    }
    return Lines.trimEnd(file, start, balance.isClosed() ? at : firstCloser(file, start, lineEnd));
  }

  private static boolean separates(SourceFile file, int comma, char inside) {
    int lineEnd = Lines.end(file, comma);
    String rest = file.text(new io.byteport.dsl.source.Span(comma + 1, lineEnd));
    return inside == '[' || rest.isBlank() || NEXT_FIELD.matcher(rest).matches();
  }

  /** Where brackets do not match anyway, the first closing one is as good a guess as any. */
  private static int firstCloser(SourceFile file, int start, int lineEnd) {
    int at = start;
    while (at < lineEnd && file.codePoint(at) != '}' && file.codePoint(at) != ']') {
      at++;
    }
    return at;
  }

  /** The end of a value outside of brackets: the end of its line, without a comment. */
  static int lineEnd(SourceFile file, int start) {
    int lineEnd = Lines.end(file, start);
    Balance balance = new Balance();
    for (int at = start; at < lineEnd; at++) {
      int c = file.codePoint(at);
      if (c == '#' && !balance.inQuotes() && at > start && file.codePoint(at - 1) == ' ') {
        return Lines.trimEnd(file, start, at);
      }
      balance.take(c);
    }
    return Lines.trimEnd(file, start, lineEnd);
  }
}
