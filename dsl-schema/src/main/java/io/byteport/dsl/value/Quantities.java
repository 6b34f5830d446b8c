package io.byteport.dsl.value;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations, sizes and percents as people write them. Durations: a number with {@code ms s m h d},
 * or several in a row ({@code 1h30m}). Sizes: a number with {@code Ki Mi Gi Ti Pi} (powers of
 * 1024), {@code k M G T P} (powers of 1000), or bare bytes with {@code B}. Percents: a number with
 * {@code %}.
 */
public final class Quantities {
  private static final Pattern DURATION_PART =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|s|m|h|d)");
  private static final Pattern DURATION =
      Pattern.compile("(?:[0-9]+(?:\\.[0-9]+)?(?:ms|s|m|h|d))+");
  private static final Pattern SIZE =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(Ki|Mi|Gi|Ti|Pi|k|M|G|T|P|B)");
  private static final Pattern PERCENT = Pattern.compile("(-?[0-9]+(?:\\.[0-9]+)?)%");
  private static final String BINARY = "KMGTP";
  private static final String DECIMAL = "kMGTP";

  private Quantities() {}

  /** A duration of at most about 292 years, or empty where the text is none. */
  public static Optional<Duration> duration(String text) {
    if (text.length() > 64 || !isCounted(text) || !DURATION.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      BigDecimal millis = BigDecimal.ZERO;
      Matcher parts = DURATION_PART.matcher(text);
      while (parts.find()) {
        millis =
            millis.add(
                new BigDecimal(parts.group(1))
                    .multiply(BigDecimal.valueOf(millisOf(parts.group(2)))));
      }
      return Optional.of(Duration.ofNanos(millis.movePointRight(6).longValueExact()));
    } catch (ArithmeticException tooLargeOrTooFine) {
      return Optional.empty();
    }
  }

  /** Whether a text begins with a digit, which most texts that are asked about do not. */
  private static boolean isCounted(String text) {
    return !text.isEmpty() && text.charAt(0) >= '0' && text.charAt(0) <= '9';
  }

  private static long millisOf(String unit) {
    return switch (unit) {
      case "ms" -> 1;
      case "s" -> 1_000;
      case "m" -> 60_000;
      case "h" -> 3_600_000;
      default -> 86_400_000;
    };
  }

  /** A size below 2^63 bytes, rounded to whole bytes, or empty where the text is none. */
  public static Optional<DataSize> size(String text) {
    if (text.length() > 32 || !isCounted(text)) {
      return Optional.empty();
    }
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    BigDecimal factor = BigDecimal.valueOf(factorOf(matcher.group(2)));
    BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(factor);
    if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      return Optional.empty();
    }
    return Optional.of(new DataSize(bytes.longValue()));
  }

  private static long factorOf(String unit) {
    if (unit.equals("B")) {
      return 1;
    }
    long base = unit.endsWith("i") ? 1024 : 1000;
    int power = (unit.endsWith("i") ? BINARY : DECIMAL).indexOf(unit.charAt(0)) + 1;
    long factor = 1;
    for (int i = 0; i < power; i++) {
      factor *= base;
    }
    return factor;
  }

  /** A percent, or empty where the text is none. */
  public static Optional<Percent> percent(String text) {
    if (text.length() > 32 || !text.endsWith("%")) {
      return Optional.empty();
    }
    Matcher matcher = PERCENT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(new Percent(Double.parseDouble(matcher.group(1))));
  }

  /** The shortest exact form in whole units, such as {@code 1h30m}; milliseconds are the finest. */
  public static String print(Duration duration) {
    if (duration.isNegative()) {
      return "-" + print(duration.negated());
    }
    long millis = duration.toMillis();
    if (millis < 1_000) {
      return millis == 0 ? "0s" : millis + "ms";
    }
    StringBuilder out = new StringBuilder();
    long rest = millis;
    long[] units = {86_400_000, 3_600_000, 60_000};
    String[] names = {"d", "h", "m"};
    for (int i = 0; i < units.length; i++) {
      if (rest >= units[i]) {
        out.append(rest / units[i]).append(names[i]);
        rest %= units[i];
      }
    }
    if (rest > 0) {
      out.append(number(rest / 1000.0)).append('s');
    }
    return out.toString();
  }

  /**
   * The largest binary unit that leaves at least 1, with at most two decimals: {@code 256Mi},
   * {@code 1.5Gi}.
   */
  public static String print(DataSize size) {
    long bytes = size.bytes();
    if (bytes < 0) {
      return "-" + print(new DataSize(-Math.max(bytes, -Long.MAX_VALUE)));
    }
    double amount = bytes;
    int power = 0;
    while (amount >= 1024 && power < BINARY.length()) {
      amount /= 1024;
      power++;
    }
    String digits = number(Math.round(amount * 100) / 100.0);
    return power == 0 ? digits + "B" : digits + BINARY.charAt(power - 1) + "i";
  }

  /** With at most one decimal: {@code 83.4%}. */
  public static String print(Percent percent) {
    return number(Math.round(percent.points() * 10) / 10.0) + "%";
  }

  /**
   * The shortest digits that mean this number, without a point where it is whole, never in exponent
   * form.
   */
  public static String number(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
