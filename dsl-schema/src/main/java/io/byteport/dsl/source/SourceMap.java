package io.byteport.dsl.source;

/**
 * Where each code point of a scalar's value stands in its file. Quotes, escapes, folding and
 * indentation make the two differ.
 */
public final class SourceMap {
  private final int[] starts;
  private final int[] ends;

  /**
   * @param starts for each code point of the value, where it begins in the file
   * @param ends for each code point of the value, where it ends in the file; an escape is longer
   *     than one
   * @param end where the value ends in the file, for positions after its last code point
   */
  public SourceMap(int[] starts, int[] ends, int end) {
    if (starts.length != ends.length) {
      throw new IllegalArgumentException("starts and ends differ in length");
    }
    this.starts = java.util.Arrays.copyOf(starts, starts.length + 1);
    this.ends = java.util.Arrays.copyOf(ends, ends.length + 1);
    this.starts[starts.length] = end;
    this.ends[ends.length] = end;
  }

  /** A value that stands in the file as it is. */
  public static SourceMap straight(int start, int length) {
    int[] starts = new int[length];
    int[] ends = new int[length];
    for (int i = 0; i < length; i++) {
      starts[i] = start + i;
      ends[i] = start + i + 1;
    }
    return new SourceMap(starts, ends, start + length);
  }

  /** Number of code points of the value. */
  public int length() {
    return starts.length - 1;
  }

  /**
   * The file's span of a range of the value.
   *
   * @param start first code point of the value, from 0 to {@link #length()}
   * @param end code point after the last, from {@code start} to {@link #length()}
   */
  public Span span(int start, int end) {
    if (start == end) {
      return new Span(starts[start], starts[start]);
    }
    return new Span(starts[start], Math.max(starts[start], ends[end - 1]));
  }

  /** The map of a part of the value. */
  public SourceMap slice(int start, int end) {
    return new SourceMap(
        java.util.Arrays.copyOfRange(starts, start, end),
        java.util.Arrays.copyOfRange(ends, start, end),
        end < length() ? starts[end] : starts[length()]);
  }

  /** The same map for a file in which everything stands further on. */
  public SourceMap shifted(int by) {
    int[] nextStarts = new int[length()];
    int[] nextEnds = new int[length()];
    for (int i = 0; i < length(); i++) {
      nextStarts[i] = starts[i] + by;
      nextEnds[i] = ends[i] + by;
    }
    return new SourceMap(nextStarts, nextEnds, starts[length()] + by);
  }
}
