package io.byteport.adapter.kubernetes.mapping;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Texts of a cluster, which may be of any length, as outputs hold them. Pure. */
public final class LongText {
  /** The longest text that an output holds, but for logs and descriptions. */
  public static final int MOST_CHARS = 16_384;

  private LongText() {}

  /** The text, or as much of its beginning as is allowed and a sign that there is more. */
  public static String cut(String text) {
    if (text.length() <= MOST_CHARS) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(MOST_CHARS - 1)) ? MOST_CHARS - 1 : MOST_CHARS;
    return text.substring(0, end) + "…";
  }

  /** As {@link #cut(String)}; null stays null. */
  public static @Nullable String cutIfAny(@Nullable String text) {
    return text == null ? null : cut(text);
  }

  /** The same keys with texts that are cut. */
  public static Map<String, String> cut(Map<String, String> texts) {
    Map<String, String> shorter = new TreeMap<>();
    texts.forEach((key, text) -> shorter.put(key, cut(text)));
    return shorter;
  }
}
