package io.byteport.dsl.yaml;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.YamlNode.Style;

/**
 * Reads plain and quoted scalars from the file's text, code point by code point (YAML 1.2.2,
 * sections 7.3.1 to 7.3.3).
 */
final class FlowScalars {
  private final SourceFile file;
  private final Style style;
  private final int limit;
  private final MappedText text = new MappedText();
  private int at;

  private FlowScalars(SourceFile file, int start, int limit, Style style) {
    this.file = file;
    this.at = start;
    this.limit = limit;
    this.style = style;
  }

  /**
   * The value of what stands between two places.
   *
   * @param start first code point of the content, after an opening quote
   * @param limit where the content ends, before a closing quote
   */
  static MappedText read(SourceFile file, int start, int limit, Style style) {
    return new FlowScalars(file, start, limit, style).read();
  }

  private MappedText read() {
    while (at < limit) {
      int c = file.codePoint(at);
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        spaces();
      } else if (style == Style.SINGLE_QUOTED && c == '\'') {
        take(c, 2);
      } else if (style == Style.DOUBLE_QUOTED && c == '\\') {
        escape();
      } else {
        take(c, 1);
      }
    }
    return text;
  }

  private void take(int codePoint, int length) {
    text.add(codePoint, at, at + length);
    at += length;
  }

  /** Spaces within a line stay; around a line break they vanish and the break is folded. */
  private void spaces() {
    int end = at;
    while (end < limit && isBlank(file.codePoint(end))) {
      end++;
    }
    int lineBreak = end < limit ? Lines.breakLength(file, end) : 0;
    if (lineBreak == 0) {
      while (at < end) {
        take(file.codePoint(at), 1);
      }
      return;
    }
    at = end + lineBreak;
    if (!emptyLines()) {
      text.add(' ', end, end + lineBreak);
    }
  }

  /**
   * Takes the breaks of empty lines and the indentation after them; tells whether there was one.
   */
  private boolean emptyLines() {
    boolean found = false;
    while (at < limit) {
      int c = file.codePoint(at);
      int lineBreak = Lines.breakLength(file, at);
      if (c == ' ' || (c == '\t' && style != Style.PLAIN)) {
        at++;
      } else if (lineBreak > 0) {
        take('\n', lineBreak);
        found = true;
      } else {
        break;
      }
    }
    return found;
  }

  private void escape() {
    int c = file.codePoint(at + 1);
    int lineBreak = Lines.breakLength(file, at + 1);
    int digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    if (lineBreak > 0) {
      at += 1 + lineBreak;
      emptyLines();
    } else if (digits > 0) {
      take(hex(at + 2, digits), 2 + digits);
    } else {
      take(single(c), 2);
    }
  }

  private int hex(int from, int digits) {
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      value = value * 16 + Math.max(0, Character.digit(file.codePoint(i), 16));
    }
    return value;
  }

  private static int single(int c) {
    return switch (c) {
      case '0' -> 0x00;
      case 'a' -> 0x07;
      case 'b' -> 0x08;
      case 't' -> 0x09;
      case 'n' -> 0x0A;
      case 'v' -> 0x0B;
      case 'f' -> 0x0C;
      case 'r' -> 0x0D;
      case 'e' -> 0x1B;
      case 'N' -> 0x85;
      case '_' -> 0xA0;
      case 'L' -> 0x2028;
      case 'P' -> 0x2029;
      default -> c;
    };
  }

  private static boolean isBlank(int c) {
    return c == ' ' || c == '\t';
  }
}
