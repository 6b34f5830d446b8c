package io.byteport.adapter.alerts.reading;

import io.byteport.engine.signal.Signal.Severity;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What words of severity mean, in any case. Critical: {@code critical, crit, fatal, emergency,
 * alert, disaster, page, p1, sev1}. High: {@code high, error, major, p2, sev2}. Warning: {@code
 * warning, warn, medium, moderate, average, minor, p3, sev3}. Info: {@code info, information,
 * informational, notice, low, none, ok, debug, p4, p5, sev4, sev5}. Pure.
 */
public final class Severities {
  private static final Map<String, Severity> WORDS =
      Map.ofEntries(
          Map.entry("critical", Severity.CRITICAL),
          Map.entry("crit", Severity.CRITICAL),
          Map.entry("fatal", Severity.CRITICAL),
          Map.entry("emergency", Severity.CRITICAL),
          Map.entry("alert", Severity.CRITICAL),
          Map.entry("disaster", Severity.CRITICAL),
          Map.entry("page", Severity.CRITICAL),
          Map.entry("p1", Severity.CRITICAL),
          Map.entry("sev1", Severity.CRITICAL),
          Map.entry("high", Severity.HIGH),
          Map.entry("error", Severity.HIGH),
          Map.entry("major", Severity.HIGH),
          Map.entry("p2", Severity.HIGH),
          Map.entry("sev2", Severity.HIGH),
          Map.entry("warning", Severity.WARNING),
          Map.entry("warn", Severity.WARNING),
          Map.entry("medium", Severity.WARNING),
          Map.entry("moderate", Severity.WARNING),
          Map.entry("average", Severity.WARNING),
          Map.entry("minor", Severity.WARNING),
          Map.entry("p3", Severity.WARNING),
          Map.entry("sev3", Severity.WARNING),
          Map.entry("info", Severity.INFO),
          Map.entry("information", Severity.INFO),
          Map.entry("informational", Severity.INFO),
          Map.entry("notice", Severity.INFO),
          Map.entry("low", Severity.INFO),
          Map.entry("none", Severity.INFO),
          Map.entry("ok", Severity.INFO),
          Map.entry("debug", Severity.INFO),
          Map.entry("p4", Severity.INFO),
          Map.entry("p5", Severity.INFO),
          Map.entry("sev4", Severity.INFO),
          Map.entry("sev5", Severity.INFO));

  private Severities() {}

  /** What a word means; what holds otherwise where there is none, or one that is not known. */
  public static Severity of(@Nullable String word, Severity otherwise) {
    return word == null
        ? otherwise
        : WORDS.getOrDefault(word.strip().toLowerCase(Locale.ROOT), otherwise);
  }

  /** The severity that a text such as an alarm's name mentions as a word of its own. */
  public static Severity mentioned(@Nullable String text, Severity otherwise) {
    if (text != null) {
      for (String word : text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+", 100)) {
        switch (word) {
          case "critical", "p1", "sev1" -> {
            return Severity.CRITICAL;
          }
          case "high", "p2", "sev2" -> {
            return Severity.HIGH;
          }
          case "warning", "p3", "sev3" -> {
            return Severity.WARNING;
          }
          case "info", "p4", "p5" -> {
            return Severity.INFO;
          }
          default -> {
            // Another word.
          }
        }
      }
    }
    return otherwise;
  }
}
