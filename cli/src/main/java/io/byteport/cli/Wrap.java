package io.byteport.cli;

/** Breaks text into lines at blanks. */
final class Wrap {
  private Wrap() {}

  /** Lines of at most {@code width} characters where the words allow it. */
  static String at(int width, String text) {
    StringBuilder out = new StringBuilder();
    int column = 0;
    for (String word : text.split("\\s+")) {
      if (column > 0 && column + 1 + word.length() > width) {
        out.append('\n');
        column = 0;
      }
      if (column > 0) {
        out.append(' ');
        column++;
      }
      out.append(word);
      column += word.length();
    }
    return out.toString();
  }
}
