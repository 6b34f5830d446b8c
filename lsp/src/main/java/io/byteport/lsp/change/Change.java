package io.byteport.lsp.change;

import io.byteport.dsl.format.Formatter;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A piece of a text that is replaced.
 *
 * @param span empty to insert
 * @param text instead, its lines ending in LF
 */
public record Change(Span span, String text) {

  static Change insert(int offset, String text) {
    return new Change(new Span(offset, offset), text);
  }

  /** The text after changes, none of which overlap. */
  static String applied(SourceFile before, List<Change> changes) {
    List<Change> sorted = new ArrayList<>(changes);
    sorted.sort(Comparator.comparingInt(change -> change.span().start()));
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (Change change : sorted) {
      out.append(before.text(new Span(at, Math.max(at, change.span().start()))));
      out.append(change.text());
      at = Math.max(at, change.span().end());
    }
    return out.append(before.text(new Span(at, Math.max(at, before.length())))).toString();
  }

  /**
   * The same changes so that a text that was laid out is laid out afterwards, as one change that is
   * as small as it can be. The ends of lines stay what they are.
   */
  static Change laidOut(SourceFile before, List<Change> changes) {
    boolean windows = before.text().contains("\r\n");
    List<Change> written =
        windows
            ? changes.stream()
                .map(one -> new Change(one.span(), one.text().replace("\n", "\r\n")))
                .toList()
            : changes;
    String after = applied(before, written);
    if (isLaidOut(before)) {
      String formatted =
          Formatter.format(new SourceFile(before.name(), after)).value().orElse(after);
      return between(before, formatted);
    }
    return between(before, after);
  }

  private static boolean isLaidOut(SourceFile text) {
    return Formatter.format(text).value().filter(text.text()::equals).isPresent();
  }

  /** The smallest change that makes one text of another. */
  static Change between(SourceFile before, String text) {
    SourceFile after = new SourceFile(before.name(), text);
    int most = Math.min(before.length(), after.length());
    int start = 0;
    while (start < most && before.codePoint(start) == after.codePoint(start)) {
      start++;
    }
    int end = 0;
    while (end < most - start
        && before.codePoint(before.length() - 1 - end)
            == after.codePoint(after.length() - 1 - end)) {
      end++;
    }
    return new Change(
        new Span(start, before.length() - end), after.text(new Span(start, after.length() - end)));
  }
}
