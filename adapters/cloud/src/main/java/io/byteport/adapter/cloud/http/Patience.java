package io.byteport.adapter.cloud.http;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a call is sent again: what the answer asks for (Retry-After of RFC 9110,
 * 10.2.3, or the reset of an exhausted X-RateLimit), else a random part of a time that doubles.
 */
final class Patience {
  private static final Duration FIRST = Duration.ofMillis(250);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final RandomGenerator random;

  Patience(RandomGenerator random) {
    this.random = random;
  }

  /**
   * @param attempt how many were made; from one
   */
  Duration before(int attempt) {
    long ceiling = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(attempt - 1, 10));
    return Duration.ofMillis(ceiling / 2 + random.nextLong(ceiling / 2 + 1));
  }

  /** What the answer asks for. */
  Optional<Duration> asked(Reply reply, Instant now) {
    Optional<Duration> after = reply.header("Retry-After").flatMap(value -> after(value, now));
    if (after.isPresent()) {
      return after;
    }
    boolean exhausted =
        reply
            .header("X-RateLimit-Remaining")
            .or(() -> reply.header("X-Sentry-Rate-Limit-Remaining"))
            .filter(left -> left.strip().equals("0"))
            .isPresent();
    return exhausted
        ? reply
            .header("X-RateLimit-Reset")
            .or(() -> reply.header("X-Sentry-Rate-Limit-Reset"))
            .flatMap(Patience::number)
            .map(second -> untilSecond(second, now))
        : Optional.empty();
  }

  private static Optional<Duration> after(String value, Instant now) {
    Optional<Duration> seconds = number(value).map(Duration::ofSeconds);
    if (seconds.isPresent()) {
      return seconds;
    }
    try {
      Instant date =
          ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(positive(Duration.between(now, date)));
    } catch (DateTimeParseException neither) {
      return Optional.empty();
    }
  }

  /** A reset is a second since 1970, or, where it is too small for that, in so many seconds. */
  private static Duration untilSecond(long second, Instant now) {
    return second < 1_000_000_000L
        ? Duration.ofSeconds(second)
        : positive(Duration.between(now, Instant.ofEpochSecond(second)));
  }

  private static Duration positive(Duration time) {
    return time.isNegative() ? Duration.ZERO : time;
  }

  private static Optional<Long> number(String text) {
    String digits = text.strip();
    return digits.matches("\\d{1,10}") ? Optional.of(Long.parseLong(digits)) : Optional.empty();
  }
}
