package io.byteport.dsl.source;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where each code point of a scalar's value stands in its file. Quotes, escapes, folding and
 * indentation make the two differ; most scalars have none of them.
 */
public final class SourceMap {
  private final int length;
  private final int first;
  private final int end;
  private final int @Nullable [] starts;
  private final int @Nullable [] ends;

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
    this.length = starts.length;
    this.first = length == 0 ? end : starts[0];
    this.end = end;
    this.starts = starts.clone();
    this.ends = ends.clone();
  }

  private SourceMap(int first, int length, int end) {
    this.length = length;
    this.first = first;
    this.end = end;
    this.starts = null;
    this.ends = null;
  }

  /** A value that stands in the file as it is. */
  public static SourceMap straight(int start, int length) {
    return new SourceMap(start, length, start + length);
  }

  /** Number of code points of the value. */
  public int length() {
    return length;
  }

  /**
   * The file's span of a range of the value.
   *
   * @param start first code point of the value, from 0 to {@link #length()}
   * @param end code point after the last, from {@code start} to {@link #length()}
   */
  public Span span(int start, int end) {
    int from = start(start);
    return start == end ? new Span(from, from) : new Span(from, Math.max(from, end(end - 1)));
  }

  private int start(int index) {
    return index == length ? end : starts == null ? first + index : starts[index];
  }

  private int end(int index) {
    return ends == null ? first + index + 1 : ends[index];
  }

  /** The map of a part of the value. */
  public SourceMap slice(int start, int end) {
    if (starts == null || ends == null) {
      return new SourceMap(first + start, end - start, start(end));
    }
    return new SourceMap(
        Arrays.copyOfRange(starts, start, end), Arrays.copyOfRange(ends, start, end), start(end));
  }

  /** The same map for a file in which everything stands further on. */
  public SourceMap shifted(int by) {
    if (starts == null || ends == null) {
      return new SourceMap(first + by, length, end + by);
    }
    return new SourceMap(
        Arrays.stream(starts).map(start -> start + by).toArray(),
        Arrays.stream(ends).map(last -> last + by).toArray(),
        end + by);
  }
}
