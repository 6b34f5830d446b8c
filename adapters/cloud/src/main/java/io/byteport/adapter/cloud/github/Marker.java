package io.byteport.adapter.cloud.github;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What an intent is recognized by, in branches and in texts that people read. Pure. */
final class Marker {
  /** The most that GitHub takes for the body of an issue, a comment or a pull request. */
  private static final int LONGEST_BODY = 65_000;

  private static final int LONGEST_TITLE = 250;

  private Marker() {}

  /** The same for the same intent; sixteen hexadecimal digits. */
  static String of(String intent) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(intent.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A comment that nobody sees. */
  static String comment(String intent) {
    return "<!-- byteport " + of(intent) + " -->";
  }

  /** A body with the comment at its end, cut where GitHub would refuse it. */
  static String body(String text, String intent) {
    String plain = LogText.plain(text);
    String cut = plain.length() > LONGEST_BODY ? plain.substring(0, LONGEST_BODY) + "…" : plain;
    return cut + "\n\n" + comment(intent);
  }

  /** One line. */
  static String title(String text) {
    String line = LogText.plain(text).replace('\n', ' ').strip();
    return line.length() > LONGEST_TITLE ? line.substring(0, LONGEST_TITLE) + "…" : line;
  }
}
