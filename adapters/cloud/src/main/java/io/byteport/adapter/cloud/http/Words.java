package io.byteport.adapter.cloud.http;

import java.util.Collection;

/** The other side's words, as they may stand in a message. Pure. */
public final class Words {
  private static final int LONGEST = 2_000;

  private Words() {}

  /** Without control characters but line ends and tabs, and not longer than a message may be. */
  public static String plain(String text) {
    StringBuilder clean = new StringBuilder();
    int at = 0;
    while (at < text.length() && clean.length() < LONGEST) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      if (c == '\n' || c == '\t' || !isControl(c)) {
        clean.appendCodePoint(c);
      }
    }
    String stripped = clean.toString().strip();
    return at < text.length() ? stripped + "…" : stripped;
  }

  /** Controls, and what turns the direction of writing. */
  private static boolean isControl(int c) {
    return Character.isISOControl(c)
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
  }

  /** With each of these values, and the token in one such as {@code Bearer x}, made unreadable. */
  public static String without(Collection<String> secrets, String text) {
    String safe = text;
    for (String secret : secrets) {
      safe = hide(secret, safe);
      int space = secret.indexOf(' ');
      if (space > 0) {
        safe = hide(secret.substring(space + 1), safe);
      }
    }
    return safe;
  }

  private static String hide(String secret, String text) {
    return secret.length() < 6 ? text : text.replace(secret, "***");
  }
}
