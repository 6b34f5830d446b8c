package io.byteport.adapter.notify;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Text of others without what would show it as something else. Pure. */
public final class Plain {
  /** Breaks a word for programs, not for the eye: ZERO WIDTH SPACE. */
  public static final String BREAK = "\u200b";

  private Plain() {}

  /** Without control characters but line ends and tabs, and without what turns writing around. */
  public static String text(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.replace("\r\n", "\n")
        .replace('\r', '\n')
        .codePoints()
        .filter(c -> c == '\n' || c == '\t' || !isControl(c))
        .forEach(clean::appendCodePoint);
    return clean.toString().strip();
  }

  /** The same on one line. */
  public static String line(String text) {
    return text(text).replaceAll("[\\s\\u2028\\u2029]+", " ");
  }

  /** With nobody called: no program takes {@code @name} in it for a name any more. */
  public static String withoutCalls(String text) {
    return text.replace("@", "@" + BREAK);
  }

  /** Where a text is an address of the web, that; it is then safe to make it a link. */
  public static Optional<URI> address(String text) {
    try {
      URI uri = new URI(text.strip());
      boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equals(uri.getScheme());
      return web && uri.getHost() != null && uri.getUserInfo() == null
          ? Optional.of(URI.create(uri.toASCIIString()))
          : Optional.empty();
    } catch (URISyntaxException noAddress) {
      return Optional.empty();
    }
  }

  /** Controls, direction overrides, and tags that nobody sees. */
  private static boolean isControl(int c) {
    return Character.isISOControl(c)
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069)
        || (c >= 0xE0000 && c <= 0xE007F)
        || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
