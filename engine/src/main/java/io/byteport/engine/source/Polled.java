package io.byteport.engine.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One answer of a source.
 *
 * @param everything whether these are all alerts that fire now, so that what fired before and is
 *     not among them has resolved; else they are what is new since the cursor
 * @param cursor where to go on, kept durably; null where the source needs none
 */
public record Polled(List<Alert> alerts, boolean everything, @Nullable String cursor) {
  public Polled {
    alerts = List.copyOf(alerts);
  }

  /** All that fires now. */
  public static Polled everything(List<Alert> alerts) {
    return new Polled(alerts, true, null);
  }

  /** What is new. */
  public static Polled since(List<Alert> alerts, String cursor) {
    return new Polled(alerts, false, cursor);
  }
}
