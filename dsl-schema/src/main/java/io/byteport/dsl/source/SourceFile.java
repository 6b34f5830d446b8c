package io.byteport.dsl.source;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text with a name for messages. Immutable and safe for use by several threads. Lines end at LF,
 * CR LF or CR.
 *
 * <p>The code points stand by themselves only where the text needs it: in most texts, each is one
 * {@code char}.
 */
public final class SourceFile {
  private final String name;
  private final String text;
  private final int @Nullable [] codePoints;
  private final int length;
  private final int[] lineStarts;

  /**
   * @param name how messages call the text, usually its path as the user gave it
   * @param text the whole text, decoded, without a byte order mark
   */
  public SourceFile(String name, String text) {
    this.name = name;
    this.text = text;
    this.length = text.codePointCount(0, text.length());
    this.codePoints = length == text.length() ? null : CodePoints.of(text);
    this.lineStarts = lineStarts();
  }

  private int[] lineStarts() {
    int[] starts = new int[16];
    int count = 1;
    for (int i = 0; i < length; i++) {
      int c = codePoint(i);
      if (c == '\n' || (c == '\r' && codePoint(i + 1) != '\n')) {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, count * 2);
        }
        starts[count++] = i + 1;
      }
    }
    return Arrays.copyOf(starts, count);
  }

  public String name() {
    return name;
  }

  public String text() {
    return text;
  }

  /** Length in code points. */
  public int length() {
    return length;
  }

  /** The code point at an offset, or -1 before the start and from the end on. */
  public int codePoint(int offset) {
    if (offset < 0 || offset >= length) {
      return -1;
    }
    return codePoints == null ? text.charAt(offset) : codePoints[offset];
  }

  public int lineCount() {
    return lineStarts.length;
  }

  /** The place of a code point; offsets past the end are the end. */
  public Position position(int offset) {
    int clamped = Math.max(0, Math.min(offset, length));
    int found = Arrays.binarySearch(lineStarts, clamped);
    int line = found >= 0 ? found : -found - 2;
    return new Position(line, clamped - lineStarts[line]);
  }

  /** The code point offset of a place; places past the end of a line are its end. */
  public int offset(Position position) {
    if (position.line() >= lineStarts.length) {
      return length;
    }
    int start = lineStarts[Math.max(0, position.line())];
    return Math.min(start + position.column(), lineSpan(Math.max(0, position.line())).end());
  }

  /** The text of a line without its line break. */
  public String line(int line) {
    return text(lineSpan(line));
  }

  /** Where a line stands, its line break left out. */
  public Span lineSpan(int line) {
    int start = lineStarts[line];
    int end = line + 1 < lineStarts.length ? lineStarts[line + 1] : length;
    while (end > start && (codePoint(end - 1) == '\n' || codePoint(end - 1) == '\r')) {
      end--;
    }
    return new Span(start, end);
  }

  /** The text of a span; what lies past the end is left out. */
  public String text(Span span) {
    int start = Math.min(span.start(), length);
    int end = Math.min(span.end(), length);
    return codePoints == null
        ? text.substring(start, end)
        : new String(codePoints, start, end - start);
  }

  @Override
  public String toString() {
    return name;
  }
}
