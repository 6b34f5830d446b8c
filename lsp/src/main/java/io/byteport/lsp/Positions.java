package io.byteport.lsp;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;

/**
 * Places as the protocol counts them, lines from 0 and UTF-16 code units within a line, and as the
 * language does, code points from the start of the text. Pure.
 *
 * @see <a
 *     href="https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#position">Language
 *     Server Protocol 3.17, Position</a>
 */
public final class Positions {
  private Positions() {}

  /** The place of a code point; offsets past the end are the end. */
  public static Position of(SourceFile text, int offset) {
    io.byteport.dsl.source.Position place = text.position(offset);
    int start = Math.min(offset, text.length()) - place.column();
    String before = text.text(new Span(start, start + place.column()));
    return new Position(place.line(), before.length());
  }

  public static Range range(SourceFile text, Span span) {
    return new Range(of(text, span.start()), of(text, span.end()));
  }

  /** The whole text. */
  public static Range whole(SourceFile text) {
    return range(text, new Span(0, text.length()));
  }

  /**
   * The code point at a place. What lies past the end of a line is its end, what lies past the last
   * line the end of the text; the middle of a surrogate pair is its start.
   */
  public static int offset(SourceFile text, Position position) {
    if (position.getLine() >= text.lineCount()) {
      return text.length();
    }
    Span line = text.lineSpan(Math.max(0, position.getLine()));
    String content = text.text(line);
    int units = Math.max(0, Math.min(position.getCharacter(), content.length()));
    boolean splits =
        units > 0
            && units < content.length()
            && Character.isLowSurrogate(content.charAt(units))
            && Character.isHighSurrogate(content.charAt(units - 1));
    return line.start() + content.codePointCount(0, splits ? units - 1 : units);
  }

  public static Span span(SourceFile text, Range range) {
    int start = offset(text, range.getStart());
    return new Span(start, Math.max(start, offset(text, range.getEnd())));
  }
}
