package io.byteport.dsl.value;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Quantities with units that people write and the language does not: {@code 5min}, {@code 256MB}.
 */
public final class ForeignUnits {
  private static final Pattern QUANTITY = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?([A-Za-z]+)");
  private static final Map<String, String> UNITS =
      Map.ofEntries(
          Map.entry("sec", "s"),
          Map.entry("secs", "s"),
          Map.entry("second", "s"),
          Map.entry("seconds", "s"),
          Map.entry("min", "m"),
          Map.entry("mins", "m"),
          Map.entry("minute", "m"),
          Map.entry("minutes", "m"),
          Map.entry("hr", "h"),
          Map.entry("hrs", "h"),
          Map.entry("hour", "h"),
          Map.entry("hours", "h"),
          Map.entry("day", "d"),
          Map.entry("days", "d"),
          Map.entry("kb", "k"),
          Map.entry("mb", "M"),
          Map.entry("gb", "G"),
          Map.entry("tb", "T"),
          Map.entry("kib", "Ki"),
          Map.entry("mib", "Mi"),
          Map.entry("gib", "Gi"),
          Map.entry("tib", "Ti"),
          Map.entry("pct", "%"),
          Map.entry("percent", "%"));

  private ForeignUnits() {}

  /** The same quantity as the language writes it; empty where its unit is not known here. */
  public static Optional<String> meant(String text) {
    Matcher quantity = QUANTITY.matcher(text);
    return quantity.matches()
        ? Optional.ofNullable(UNITS.get(quantity.group(2).toLowerCase(Locale.ROOT)))
            .map(unit -> quantity.group(1) + unit)
        : Optional.empty();
  }

  /**
   * Whether nobody can mean anything else by it: durations and percents, while {@code MB} is both a
   * million bytes and, to many, 1024 times 1024.
   */
  public static boolean isCertain(String meant) {
    return Quantities.duration(meant).isPresent() || Quantities.percent(meant).isPresent();
  }
}
