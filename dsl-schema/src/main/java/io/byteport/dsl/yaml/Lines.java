package io.byteport.dsl.yaml;

import io.byteport.dsl.source.SourceFile;

/** Line breaks as the YAML parser sees them: CR LF, LF, CR, and NEL where a break is looked for. */
final class Lines {
  private Lines() {}

  /** The length of the line break at an offset, or 0 where there is none. */
  static int breakLength(SourceFile file, int offset) {
    int c = file.codePoint(offset);
    if (c == '\r') {
      return file.codePoint(offset + 1) == '\n' ? 2 : 1;
    }
    return c == '\n' || c == 0x85 ? 1 : 0;
  }

  /** The end of the line that an offset lies in, before its line break. */
  static int end(SourceFile file, int offset) {
    int end = offset;
    while (file.codePoint(end) != -1
        && file.codePoint(end) != '\n'
        && file.codePoint(end) != '\r') {
      end++;
    }
    return end;
  }

  /** The first offset from {@code offset} on that is neither a space nor a tab. */
  static int skipBlanks(SourceFile file, int offset) {
    int at = offset;
    while (file.codePoint(at) == ' ' || file.codePoint(at) == '\t') {
      at++;
    }
    return at;
  }

  /** The offset after the last code point before {@code end} that is neither a space nor a tab. */
  static int trimEnd(SourceFile file, int start, int end) {
    int at = end;
    while (at > start && (file.codePoint(at - 1) == ' ' || file.codePoint(at - 1) == '\t')) {
      at--;
    }
    return at;
  }
}
