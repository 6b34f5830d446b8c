package io.byteport.dsl.source;

/** The code points of texts, which is what spans count. */
public final class CodePoints {
  private CodePoints() {}

  /** The code points of a text in order; a lone surrogate is one of its own. */
  public static int[] of(String text) {
    int[] points = new int[text.codePointCount(0, text.length())];
    int at = 0;
    for (int i = 0; i < points.length; i++) {
      points[i] = text.codePointAt(at);
      at += Character.charCount(points[i]);
    }
    return points;
  }
}
