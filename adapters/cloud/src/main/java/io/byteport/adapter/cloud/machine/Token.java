package io.byteport.adapter.cloud.machine;

import java.time.Duration;
import java.time.Instant;

/**
 * A token that lets its bearer in for a while.
 *
 * @param value nobody may see it
 */
public record Token(String value, Instant expires) {
  private static final Duration EARLY = Duration.ofMinutes(5);

  /** Whether it is to be replaced. */
  public boolean isStale(Instant now) {
    return !now.isBefore(expires.minus(EARLY));
  }

  @Override
  public String toString() {
    return "token until " + expires;
  }
}
