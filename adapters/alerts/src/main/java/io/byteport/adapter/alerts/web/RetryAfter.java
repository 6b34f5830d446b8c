package io.byteport.adapter.alerts.web;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * How long an answer asks to be left alone: Retry-After (RFC 9110, 10.2.3), else, of a 403 or 429,
 * the reset of a rate limit, in seconds or as a second since 1970. Never more than an hour. Pure.
 */
final class RetryAfter {
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final long EPOCH = 1_000_000_000L;

  private RetryAfter() {}

  static Optional<Duration> of(HttpHeaders headers, int status, Instant now) {
    Optional<Duration> asked = headers.firstValue("Retry-After").flatMap(text -> after(text, now));
    if (asked.isEmpty() && (status == 429 || status == 403)) {
      asked =
          headers
              .firstValue("X-RateLimit-Reset")
              .or(() -> headers.firstValue("RateLimit-Reset"))
              .flatMap(RetryAfter::number)
              .map(
                  second ->
                      second < EPOCH
                          ? Duration.ofSeconds(second)
                          : Duration.between(now, Instant.ofEpochSecond(second)));
    }
    return asked.map(RetryAfter::bounded);
  }

  private static Optional<Duration> after(String text, Instant now) {
    Optional<Duration> seconds = number(text).map(Duration::ofSeconds);
    if (seconds.isPresent()) {
      return seconds;
    }
    try {
      return Optional.of(
          Duration.between(
              now,
              ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant()));
    } catch (DateTimeParseException neither) {
      return Optional.empty();
    }
  }

  private static Duration bounded(Duration time) {
    Duration positive = time.isNegative() ? Duration.ZERO : time;
    return positive.compareTo(LONGEST) > 0 ? LONGEST : positive;
  }

  private static Optional<Long> number(String text) {
    String digits = text.strip();
    return digits.matches("[0-9]{1,10}") ? Optional.of(Long.parseLong(digits)) : Optional.empty();
  }
}
