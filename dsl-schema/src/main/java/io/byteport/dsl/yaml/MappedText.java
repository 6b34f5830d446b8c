package io.byteport.dsl.yaml;

import io.byteport.dsl.source.SourceMap;
import java.util.Arrays;

/** A scalar's value while it is being read, each code point with its place in the file. */
final class MappedText {
  private int[] codePoints = new int[32];
  private int[] starts = new int[32];
  private int[] ends = new int[32];
  private int length;

  /** Adds a code point; two halves of a surrogate pair, each escaped, become one. */
  void add(int codePoint, int start, int end) {
    if (length > 0 && isPair(codePoints[length - 1], codePoint)) {
      codePoints[length - 1] =
          Character.toCodePoint((char) codePoints[length - 1], (char) codePoint);
      ends[length - 1] = end;
      return;
    }
    if (length == codePoints.length) {
      codePoints = Arrays.copyOf(codePoints, length * 2);
      starts = Arrays.copyOf(starts, length * 2);
      ends = Arrays.copyOf(ends, length * 2);
    }
    codePoints[length] = codePoint;
    starts[length] = start;
    ends[length] = end;
    length++;
  }

  private static boolean isPair(int high, int low) {
    return Character.isBmpCodePoint(high)
        && Character.isBmpCodePoint(low)
        && Character.isSurrogatePair((char) high, (char) low);
  }

  String text() {
    return new String(codePoints, 0, length);
  }

  /** The end of the last code point, or {@code otherwise} where there is none. */
  int end(int otherwise) {
    return length == 0 ? otherwise : ends[length - 1];
  }

  SourceMap map(int end) {
    return new SourceMap(Arrays.copyOf(starts, length), Arrays.copyOf(ends, length), end);
  }
}
