package io.byteport.dsl.diagnostic;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;

/**
 * A source line as a terminal shows it, with the place of a mark below it. Tabs become spaces,
 * control characters a replacement, and a long line is cut around the mark.
 *
 * @param text what is shown
 * @param offset columns before the mark
 * @param width columns of the mark, one at least
 */
record Display(String text, int offset, int width) {
  private static final int TAB = 4;
  private static final int WIDEST = 120;
  private static final int LONG = 1_000;
  private static final int BEFORE_MARK = 40;
  private static final String CUT = "…";

  /**
   * A line of a file. Of a very long one only what is around the mark is looked at.
   *
   * @param from first code point of the mark
   * @param to code point after its last; past the end of the line means its end
   */
  static Display of(SourceFile file, int line, int from, int to) {
    Span whole = file.lineSpan(line);
    if (whole.length() <= LONG) {
      return of(file.text(whole), from, to);
    }
    int skipped = Math.max(0, Math.min(from, whole.length()) - LONG / 2);
    int start = whole.start() + skipped;
    Span window = new Span(start, Math.min(whole.end(), start + LONG));
    return of(file.text(window), from - skipped, to - skipped);
  }

  /**
   * @param line the line without its break
   * @param from first code point of the mark
   * @param to code point after its last; past the end of the line means its end
   */
  static Display of(String line, int from, int to) {
    int[] codePoints = line.codePoints().toArray();
    int end = Math.min(to, codePoints.length);
    int first = 0;
    if (width(codePoints, 0, codePoints.length) > WIDEST && width(codePoints, 0, end) > WIDEST) {
      first = Math.max(0, Math.min(from, codePoints.length) - BEFORE_MARK);
    }
    StringBuilder text = new StringBuilder(first > 0 ? CUT : "");
    int column = text.length();
    int offset = -1;
    int markEnd = -1;
    int at = first;
    while (at < codePoints.length && column < WIDEST) {
      if (at == from) {
        offset = column;
      }
      if (at == end) {
        markEnd = column;
      }
      column += append(text, codePoints[at]);
      at++;
    }
    if (offset < 0) {
      offset = column;
    }
    if (markEnd < 0) {
      markEnd = column;
    }
    if (at < codePoints.length) {
      text.append(CUT);
    }
    return new Display(text.toString().stripTrailing(), offset, Math.max(1, markEnd - offset));
  }

  private static int append(StringBuilder text, int codePoint) {
    if (codePoint == '\t') {
      text.append(" ".repeat(TAB));
      return TAB;
    }
    text.appendCodePoint(isHarmful(codePoint) ? 0xFFFD : codePoint);
    return isHarmful(codePoint) ? 1 : width(codePoint);
  }

  private static int width(int[] codePoints, int from, int to) {
    int width = 0;
    for (int i = from; i < to; i++) {
      width += codePoints[i] == '\t' ? TAB : isHarmful(codePoints[i]) ? 1 : width(codePoints[i]);
    }
    return width;
  }

  /** A text on one line without anything that a terminal would obey. */
  static String clean(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .forEach(
            codePoint ->
                clean.appendCodePoint(
                    codePoint == '\n' || codePoint == '\t'
                        ? ' '
                        : isHarmful(codePoint) ? 0xFFFD : codePoint));
    return clean.toString();
  }

  /** Control characters, and those that turn the direction of writing around. */
  private static boolean isHarmful(int codePoint) {
    return Character.isISOControl(codePoint)
        || (codePoint >= 0x202A && codePoint <= 0x202E)
        || (codePoint >= 0x2066 && codePoint <= 0x2069)
        || codePoint == 0x2028
        || codePoint == 0x2029
        || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
  }

  /**
   * Columns of a code point in a terminal: none for marks, two for East Asian wide ones and emoji.
   */
  private static int width(int codePoint) {
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    for (int i = 0; i < WIDE.length; i += 2) {
      if (codePoint >= WIDE[i] && codePoint <= WIDE[i + 1]) {
        return 2;
      }
    }
    return 1;
  }

  /**
   * First and last code point of each range that takes two columns (Unicode's East Asian Width W
   * and F).
   */
  private static final int[] WIDE = {
    0x1100, 0x115F, 0x231A, 0x231B, 0x23E9, 0x23EC, 0x23F0, 0x23F0, 0x23F3, 0x23F3, 0x25FD, 0x25FE,
    0x2614, 0x2615, 0x2648, 0x2653, 0x267F, 0x267F, 0x2693, 0x2693, 0x26A1, 0x26A1, 0x26AA, 0x26AB,
    0x26BD, 0x26BE, 0x26C4, 0x26C5, 0x26CE, 0x26CE, 0x26D4, 0x26D4, 0x26EA, 0x26EA, 0x26F2, 0x26F3,
    0x26F5, 0x26F5, 0x26FA, 0x26FA, 0x26FD, 0x26FD, 0x2705, 0x2705, 0x270A, 0x270B, 0x2728, 0x2728,
    0x274C, 0x274C, 0x274E, 0x274E, 0x2753, 0x2755, 0x2757, 0x2757, 0x2795, 0x2797, 0x27B0, 0x27B0,
    0x27BF, 0x27BF, 0x2B1B, 0x2B1C, 0x2B50, 0x2B50, 0x2B55, 0x2B55, 0x2E80, 0x303E, 0x3041, 0x33FF,
    0x3400, 0x4DBF, 0x4E00, 0xA4CF, 0xA960, 0xA97C, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE30, 0xFE6F,
    0xFF01, 0xFF60, 0xFFE0, 0xFFE6, 0x16FE0, 0x18D08, 0x1AFF0, 0x1B2FB, 0x1F004, 0x1F004, 0x1F0CF,
        0x1F0CF,
    0x1F18E, 0x1F18E, 0x1F191, 0x1F19A, 0x1F200, 0x1F320, 0x1F32D, 0x1F335, 0x1F337, 0x1F37C,
        0x1F37E, 0x1F393,
    0x1F3A0, 0x1F3CA, 0x1F3CF, 0x1F3D3, 0x1F3E0, 0x1F3F0, 0x1F3F4, 0x1F3F4, 0x1F3F8, 0x1F43E,
        0x1F440, 0x1F440,
    0x1F442, 0x1F4FC, 0x1F4FF, 0x1F53D, 0x1F54B, 0x1F567, 0x1F57A, 0x1F57A, 0x1F595, 0x1F596,
        0x1F5A4, 0x1F5A4,
    0x1F5FB, 0x1F64F, 0x1F680, 0x1F6C5, 0x1F6CC, 0x1F6CC, 0x1F6D0, 0x1F6D7, 0x1F6DC, 0x1F6EC,
        0x1F6F4, 0x1F6FC,
    0x1F7E0, 0x1F7F0, 0x1F90C, 0x1F9FF, 0x1FA70, 0x1FAFF, 0x20000, 0x3FFFD
  };
}
