package io.byteport.dsl.format;

import org.jspecify.annotations.Nullable;

/** The text that is being written, with the rules for blank lines and for comments beside text. */
final class Lines {
  private final StringBuilder out = new StringBuilder();
  private final StringBuilder line = new StringBuilder();
  private boolean keeps;

  /** Adds to the current line. */
  void add(String text) {
    line.append(text);
  }

  /** How wide the current line is, in code points. */
  int width() {
    return line.codePointCount(0, line.length());
  }

  /** Ends the current line. */
  void end() {
    out.append(line.toString().stripTrailing()).append('\n');
    line.setLength(0);
    keeps = false;
  }

  /**
   * Ends the current line with a comment, where there is one.
   *
   * @param column where it would best begin
   */
  void end(@Nullable Remark beside, int column) {
    if (beside != null) {
      line.append(" ".repeat(Math.max(2, column - width()))).append(beside.text());
    }
    end();
  }

  /** Ends the current line as a part of a scalar, whose blanks at the end belong to it. */
  void endExactly() {
    out.append(line).append('\n');
    line.setLength(0);
    keeps = false;
  }

  /** What was written last takes blank lines for its own. */
  void keep() {
    keeps = true;
  }

  /** A blank line, unless there is one or nothing is there yet. */
  void blank() {
    boolean already = out.isEmpty() || (out.length() > 1 && out.charAt(out.length() - 2) == '\n');
    if (!already && !keeps) {
      out.append('\n');
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
