package io.byteport.dsl.yaml;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;

/** What stands around a place in a text. */
final class Surroundings {
  private final SourceFile file;

  Surroundings(SourceFile file) {
    this.file = file;
  }

  /** The text at a place in words: a character in backticks, or an end. */
  String found(int at) {
    int c = file.codePoint(at);
    return switch (c) {
      case -1 -> "the end of the file";
      case '\n', '\r' -> "the end of the line";
      default -> "`" + Character.toString(c) + "`";
    };
  }

  int line(int offset) {
    return file.position(offset).line();
  }

  int column(int offset) {
    return file.position(offset).column();
  }

  boolean startsLine(int offset) {
    return firstText(offset) == offset;
  }

  /** The first text of a line behind indentation and the dashes of list items. */
  int firstText(int offset) {
    int at = offset - column(offset);
    while (file.codePoint(at) == ' '
        || (file.codePoint(at) == '-' && file.codePoint(at + 1) == ' ')) {
      at++;
    }
    return at;
  }

  /** From an offset to the end of its line, without a comment. */
  Span lineText(int offset) {
    return new Span(offset, Math.max(offset, FlowText.lineEnd(file, offset)));
  }

  Span point(int at) {
    return new Span(at, at);
  }

  /** The indentation of the nearest line above with one in a range, or -1 where there is none. */
  int indentationAbove(int line, int least, int most) {
    for (int above = line - 1; above >= 0; above--) {
      String text = file.line(above);
      int indent = text.length() - text.stripLeading().length();
      boolean counts = !text.isBlank() && text.charAt(indent) != '#';
      if (counts && indent >= least && indent <= most) {
        return indent;
      }
    }
    return -1;
  }

  /** A text for a message, cut where it is long. */
  static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= 40
        ? text
        : text.substring(0, text.offsetByCodePoints(0, 40)).stripTrailing() + "…";
  }
}
