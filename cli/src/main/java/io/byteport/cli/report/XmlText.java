package io.byteport.cli.report;

/**
 * Text as XML 1.0 may hold it. What it may not hold at all, even escaped, becomes U+FFFD: most
 * control characters, halves of surrogate pairs, U+FFFE and U+FFFF.
 *
 * @see <a href="https://www.w3.org/TR/xml/#charsets">XML 1.0, section 2.2</a>
 */
final class XmlText {
  private static final int REPLACEMENT = 0xFFFD;

  private XmlText() {}

  /** Text between tags; {@code ]]>} never stands in it. */
  static String content(String text) {
    return escaped(text, false);
  }

  /** Text between double quotes; line breaks and tabs survive. */
  static String attribute(String text) {
    return escaped(text, true);
  }

  private static String escaped(String text, boolean quoted) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(codePoint -> append(out, codePoint, quoted));
    return out.toString();
  }

  private static void append(StringBuilder out, int codePoint, boolean quoted) {
    switch (codePoint) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append(quoted ? "&quot;" : "\"");
      case '\n', '\t' -> {
        if (quoted) {
          out.append("&#").append(codePoint).append(';');
        } else {
          out.appendCodePoint(codePoint);
        }
      }
      case '\r' -> out.append("&#13;");
      default -> out.appendCodePoint(isAllowed(codePoint) ? codePoint : REPLACEMENT);
    }
  }

  private static boolean isAllowed(int codePoint) {
    return (codePoint >= 0x20 && codePoint <= 0xD7FF)
        || (codePoint >= 0xE000 && codePoint <= 0xFFFD)
        || codePoint >= 0x10000;
  }
}
