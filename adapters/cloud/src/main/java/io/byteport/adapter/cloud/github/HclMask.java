package io.byteport.adapter.cloud.github;

/**
 * A text in Terraform's language with what is not structure blanked out: the insides of quoted
 * texts and comments. Every other character stays at its place. A heredoc is taken as it stands, so
 * braces in one must match. Pure.
 */
final class HclMask {
  private final String text;
  private final StringBuilder bare;

  private HclMask(String text) {
    this.text = text;
    this.bare = new StringBuilder(text);
  }

  static String of(String text) {
    HclMask mask = new HclMask(text);
    int at = 0;
    while (at < text.length()) {
      at = mask.step(at);
    }
    return mask.bare.toString();
  }

  /** Goes over one character, one quoted text or one comment. */
  private int step(int at) {
    if (text.charAt(at) == '"') {
      return quoted(at + 1);
    }
    if (text.charAt(at) == '#' || text.startsWith("//", at)) {
      int line = text.indexOf('\n', at);
      return blank(at, line < 0 ? text.length() : line);
    }
    if (text.startsWith("/*", at)) {
      int close = text.indexOf("*/", at + 2);
      return blank(at, close < 0 ? text.length() : close + 2);
    }
    return at + 1;
  }

  /** From after the first quote to after the last; a template's own quotes do not end it. */
  private int quoted(int from) {
    int template = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        return i;
      }
      if (c == '"' && template == 0) {
        return i + 1;
      }
      if (c == '\\') {
        blank(i, Math.min(i + 2, text.length()));
        i++;
        continue;
      }
      boolean opens = (c == '$' || c == '%') && text.startsWith("{", i + 1);
      boolean escaped = i > from && text.charAt(i - 1) == c;
      if (opens && !escaped) {
        template++;
      } else if (c == '}' && template > 0) {
        template--;
      }
      blank(i, i + 1);
    }
    return text.length();
  }

  private int blank(int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) != '\n') {
        bare.setCharAt(i, ' ');
      }
    }
    return to;
  }
}
