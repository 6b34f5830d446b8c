package io.byteport.adapter.alerts.reading;

import io.byteport.adapter.cloud.http.Json;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When something began, as sources write it. Pure. */
public final class Moments {
  private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");

  /** What is larger counts milliseconds. */
  private static final double MOST_SECONDS = 100_000_000_000d;

  private Moments() {}

  /**
   * A moment in ISO 8601, with or without a colon in its offset, or in seconds or milliseconds
   * since 1970; now, where it is none, before this century, or yet to come.
   */
  public static Instant of(@Nullable String text, Instant now) {
    Instant found = find(text);
    return found == null || found.isAfter(now) ? now : found;
  }

  /** The moment, written so; null where it is none, or before this century. */
  public static @Nullable Instant find(@Nullable String text) {
    Instant found = text == null ? null : parse(text.strip());
    return found == null || found.isBefore(FIRST) ? null : found;
  }

  private static @Nullable Instant parse(String text) {
    if (text.matches("[0-9]{1,16}(\\.[0-9]{1,16})?([eE][+]?[0-9]{1,2})?")) {
      double number = Double.parseDouble(text);
      double millis = number < MOST_SECONDS ? number * 1000 : number;
      try {
        return Instant.ofEpochMilli((long) millis);
      } catch (DateTimeException beyond) {
        return null;
      }
    }
    return Json.parseInstant(text.replaceFirst("([+-][0-9]{2})([0-9]{2})$", "$1:$2"));
  }
}
