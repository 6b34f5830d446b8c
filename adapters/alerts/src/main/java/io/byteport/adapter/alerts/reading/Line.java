package io.byteport.adapter.alerts.reading;

import io.byteport.adapter.cloud.http.Words;
import org.jspecify.annotations.Nullable;

/** Titles: one line, without control characters, 300 characters at most. Pure. */
public final class Line {
  private static final int LONGEST = 300;

  private Line() {}

  /** The first that says something; the last of them must. */
  public static String of(@Nullable String... texts) {
    for (String text : texts) {
      if (text != null && !text.isBlank()) {
        String line = Words.plain(text).replaceAll("\\s+", " ").strip();
        if (!line.isEmpty()) {
          return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
        }
      }
    }
    return "an alert without a title";
  }
}
