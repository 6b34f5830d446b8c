package io.byteport.cli.console;

import io.byteport.dsl.value.Quantities;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Small wordings that several pages share. */
final class Words {
  private Words() {}

  /** {@code ROLL_BACK} is {@code roll back}. */
  static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** {@code handedOff} is {@code handed off}; what has no result goes on. */
  static String result(@Nullable String result) {
    return result == null
        ? "in progress"
        : result.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
  }

  static String confidence(double confidence) {
    return String.format(Locale.ROOT, "%.2f", confidence);
  }

  static String count(long number, String one, String several) {
    return number + " " + (number == 1 ? one : several);
  }

  /** How long, in the two largest units at most. */
  static String roughly(Duration time) {
    Duration whole =
        time.compareTo(Duration.ofDays(2)) > 0
            ? time.truncatedTo(ChronoUnit.HOURS)
            : time.compareTo(Duration.ofHours(1)) > 0
                ? time.truncatedTo(ChronoUnit.MINUTES)
                : time.compareTo(Duration.ofSeconds(1)) > 0
                    ? time.truncatedTo(ChronoUnit.SECONDS)
                    : time;
    return whole.isNegative() ? "0s" : Quantities.print(whole);
  }

  static String ago(Instant then, Instant now) {
    return roughly(Duration.between(then, now)) + " ago";
  }
}
