package io.byteport.adapter.host.acme;

/** What a program said, made fit to be kept: nothing in it steers a terminal. */
final class Said {
  private static final int LONGEST_LINE = 500;
  private static final int LONGEST = 4000;
  private static final int REPLACEMENT = 0xFFFD;

  private Said() {}

  /** One line of it. */
  static String line(String raw) {
    String plain = plain(raw).replace('\n', ' ');
    return plain.length() <= LONGEST_LINE ? plain : plain.substring(0, LONGEST_LINE) + "…";
  }

  /** The end of it, in lines. */
  static String end(String raw) {
    String plain = plain(raw).strip();
    return plain.length() <= LONGEST ? plain : "…" + plain.substring(plain.length() - LONGEST);
  }

  private static String plain(String raw) {
    StringBuilder plain = new StringBuilder();
    raw.replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "")
        .codePoints()
        .forEach(
            point -> {
              if (point != '\r') {
                plain.appendCodePoint(isPlain(point) ? point : REPLACEMENT);
              }
            });
    return plain.toString();
  }

  private static boolean isPlain(int point) {
    return point == '\n'
        || point == '\t'
        || !(Character.isISOControl(point)
            || Character.getType(point) == Character.FORMAT
            || Character.getType(point) == Character.SURROGATE);
  }
}
