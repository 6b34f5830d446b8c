package io.byteport.adapter.host.acme;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A refusal because too much was asked for (RFC 8555, section 6.6), as clients repeat it. Pure.
 *
 * @param retryAt when it may be tried again; null where the CA did not say
 * @param words what it said, on one line
 */
record RateLimit(@Nullable Instant retryAt, String words) {
  private static final List<String> MARKS =
      List.of(
          "acme:error:ratelimited",
          "too many certificates",
          "too many new orders",
          "too many failed authorizations",
          "too many registrations",
          "rate limit");
  private static final Pattern AT =
      Pattern.compile(
          "(?i)retry(?:[- ]after|ing after| it after)?:?\\s+"
              + "(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d:\\d\\d)\\s*(?:Z|UTC)");
  private static final Pattern AFTER =
      Pattern.compile("(?i)retry-?after['\"]?\\s*[:=]\\s*['\"]?(\\d{1,9})\\b");

  /**
   * The limit that a text tells of, if it does.
   *
   * @param said when it was said, for those that count from then
   */
  static Optional<RateLimit> in(String text, Instant said) {
    String lower = text.toLowerCase(Locale.ROOT);
    int at = MARKS.stream().mapToInt(lower::lastIndexOf).max().orElse(-1);
    if (at < 0) {
      return Optional.empty();
    }
    return Optional.of(new RateLimit(retryAt(text, said), Said.line(lineAt(text, at).strip())));
  }

  private static String lineAt(String text, int at) {
    int start = text.lastIndexOf('\n', at) + 1;
    int end = text.indexOf('\n', at);
    return text.substring(start, end < 0 ? text.length() : end);
  }

  /** The last that is said. */
  private static @Nullable Instant retryAt(String text, Instant said) {
    @Nullable Instant found = null;
    Matcher after = AFTER.matcher(text);
    while (after.find()) {
      found = said.plus(Duration.ofSeconds(Long.parseLong(after.group(1))));
    }
    Matcher at = AT.matcher(text);
    while (at.find()) {
      found = instant(at.group(1) + "T" + at.group(2) + "Z").orElse(found);
    }
    return found;
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException noTime) {
      return Optional.empty();
    }
  }
}
