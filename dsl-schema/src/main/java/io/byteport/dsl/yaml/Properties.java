package io.byteport.dsl.yaml;

import io.byteport.dsl.source.SourceFile;

/** Finds the content of a node behind its anchor and tag. */
final class Properties {
  private Properties() {}

  /**
   * The first place from {@code start} on, at most {@code limit}, that belongs to neither an
   * anchor, a tag, space nor a comment.
   */
  static int skip(SourceFile file, int start, int limit) {
    int at = start;
    while (at < limit) {
      int c = file.codePoint(at);
      if (c == '&' || c == '!') {
        at = wordEnd(file, at, limit);
      } else if (c == '#') {
        at = Math.min(limit, Lines.end(file, at));
      } else if (isSpace(c)) {
        at++;
      } else {
        break;
      }
    }
    return at;
  }

  private static int wordEnd(SourceFile file, int start, int limit) {
    int at = start;
    while (at < limit && !isSpace(file.codePoint(at))) {
      at++;
    }
    return at;
  }

  private static boolean isSpace(int c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0x85;
  }
}
