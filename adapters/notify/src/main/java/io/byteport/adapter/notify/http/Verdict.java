package io.byteport.adapter.notify.http;

import io.byteport.adapter.notify.Cut;
import io.byteport.adapter.notify.Plain;
import io.byteport.engine.channel.ChannelException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether to come back, and when, judged by what was answered. Pure. */
public final class Verdict {
  private static final int LONGEST = 500;
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private Verdict() {}

  /**
   * For an answer that is no success. 408, 425, 429 and what begins with 5 pass; a 403 passes where
   * it says when to come back.
   *
   * @param words what the other side says; its whole body where that is not known
   */
  public static ChannelException of(Answer answer, String words, Instant now) {
    int status = answer.status();
    @Nullable Duration wait = wait(answer, now).orElse(null);
    if (status >= 300 && status < 400) {
      String where = answer.header("Location").map(Plain::line).orElse("nowhere");
      return ChannelException.never(
          message(answer, "refusing to follow a redirect to " + host(where)), null);
    }
    boolean passing =
        status == 408
            || status == 425
            || status == 429
            || status >= 500
            || (status == 403 && wait != null);
    String said = words.isBlank() ? "the server answered " + status : words + " [" + status + "]";
    return passing
        ? ChannelException.later(message(answer, said), wait, null)
        : ChannelException.never(message(answer, said), null);
  }

  /** How long the other side wants to be left alone; at most a day. */
  public static Optional<Duration> wait(Answer answer, Instant now) {
    Optional<Duration> after = answer.header("Retry-After").flatMap(value -> after(value, now));
    if (after.isPresent()) {
      return after.map(Verdict::bounded);
    }
    boolean exhausted =
        answer.header("X-RateLimit-Remaining").filter(left -> left.strip().equals("0")).isPresent();
    return exhausted
        ? answer
            .header("X-RateLimit-Reset")
            .flatMap(Verdict::number)
            .map(
                second ->
                    second < 1_000_000_000L
                        ? Duration.ofSeconds(second)
                        : Duration.between(now, Instant.ofEpochSecond(second)))
            .map(Verdict::bounded)
        : Optional.empty();
  }

  /** One line of theirs, with what nobody may see in it made unreadable. */
  public static String message(Answer answer, String words) {
    return message(answer.request(), words);
  }

  static String message(Request request, String words) {
    String safe = words;
    for (String secret : request.secrets()) {
      safe = secret.length() < 4 ? safe : safe.replace(secret, "***");
    }
    return Cut.line(Plain.line(safe), LONGEST) + " (" + request + ")";
  }

  private static Optional<Duration> after(String value, Instant now) {
    Optional<Duration> seconds = number(value).map(Duration::ofSeconds);
    if (seconds.isPresent()) {
      return seconds;
    }
    try {
      ZonedDateTime date = ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
      return Optional.of(Duration.between(now, date.toInstant()));
    } catch (DateTimeParseException neither) {
      return Optional.empty();
    }
  }

  private static Duration bounded(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  private static Optional<Long> number(String text) {
    String digits = text.strip();
    return digits.matches("\\d{1,10}") ? Optional.of(Long.parseLong(digits)) : Optional.empty();
  }

  /** Scheme and host; a path may hold what nobody may see. */
  private static String host(String location) {
    return Plain.address(location)
        .map(uri -> uri.getScheme() + "://" + uri.getHost())
        .orElse("another place");
  }
}
