package io.byteport.dsl.edit;

import io.byteport.dsl.source.CodePoints;
import io.byteport.dsl.source.Span;
import java.util.Optional;

/** The interpolations of a text that may be half written. Pure. */
public final class Holes {
  private Holes() {}

  /**
   * The expression of the interpolation that holds an offset, without its braces; one that is not
   * closed ends with the text.
   */
  public static Optional<Span> at(String text, int offset) {
    int[] points = CodePoints.of(text);
    int at = 0;
    while (at + 1 < points.length && at < offset) {
      if (points[at] == '$' && points[at + 1] == '$') {
        at += 2 + (at + 2 < points.length && points[at + 2] == '{' ? 1 : 0);
      } else if (points[at] == '$' && points[at + 1] == '{') {
        int close = close(points, at + 2);
        if (at + 2 <= offset && offset <= close) {
          return Optional.of(new Span(at + 2, close));
        }
        at = close + 1;
      } else {
        at++;
      }
    }
    return Optional.empty();
  }

  private static int close(int[] points, int from) {
    int quote = 0;
    int brace = -1;
    for (int i = from; i < points.length; i++) {
      int c = points[i];
      if (c == '}' && brace < 0) {
        brace = i;
      }
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '}') {
        return i;
      }
    }
    return brace < 0 ? points.length : brace;
  }
}
