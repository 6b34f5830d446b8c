package io.byteport.dsl.source;

/**
 * A half-open range of Unicode code points in one source text, counted from 0.
 *
 * @param start first code point of the range
 * @param end code point after the last one; never less than {@code start}
 */
public record Span(int start, int end) {

  /** Where nothing better is known: the first character of the text. */
  public static final Span START = new Span(0, 0);

  public Span {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("not a span: " + start + ".." + end);
    }
  }

  /** The smallest span that holds both. */
  public Span to(Span other) {
    return new Span(Math.min(start, other.start), Math.max(end, other.end));
  }

  /** Number of code points. */
  public int length() {
    return end - start;
  }
}
