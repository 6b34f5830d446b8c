package io.byteport.engine.intake;

import io.byteport.engine.source.Poller;
import java.time.Duration;

/**
 * A source that is polled.
 *
 * @param every how often; a second at least
 */
public record Polling(String source, Poller poller, Duration every) {
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  public Polling {
    if (every.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException("a source is polled every second at most");
    }
  }
}
