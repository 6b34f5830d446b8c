package io.byteport.adapter.kubernetes.mapping;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The end of a log, and what a server says when there is none. */
public final class LogText {
  private static final int MOST_BYTES_OF_A_CHARACTER = 4;

  private LogText() {}

  /** How many bytes from the end hold that many characters, whatever they are. */
  public static int bytesFor(int characters) {
    return (characters + 1) * MOST_BYTES_OF_A_CHARACTER;
  }

  /**
   * The last characters, counted in code points; a character that was cut at the start is left out.
   */
  public static String end(byte[] bytes, int characters) {
    int from = 0;
    while (from < bytes.length && from < MOST_BYTES_OF_A_CHARACTER && isContinuation(bytes[from])) {
      from++;
    }
    String text = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
    int length = text.codePointCount(0, text.length());
    return length <= characters
        ? text
        : text.substring(text.offsetByCodePoints(0, length - characters));
  }

  private static boolean isContinuation(byte one) {
    return (one & 0xC0) == 0x80;
  }

  /** The lines of a text; a line break at its end starts no further one. */
  public static List<String> lines(String text) {
    return text.lines().toList();
  }

  /** Whether a refusal means that this container has not run before. */
  public static boolean saysNoPrevious(String message) {
    String words = message.toLowerCase(Locale.ROOT);
    return words.contains("previous terminated container") && words.contains("not found");
  }

  /** Whether a refusal means that the container has not run at all. */
  public static boolean saysNotStarted(String message) {
    String words = message.toLowerCase(Locale.ROOT);
    return words.contains("is waiting to start")
        || words.contains("does not have a host assigned")
        || words.contains("is not available")
        || words.contains("has not been scheduled");
  }
}
