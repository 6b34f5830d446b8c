package io.byteport.engine.intake;

import io.byteport.engine.source.Alert;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Alerts as every store takes them: databases know no character 0, and names have an end. */
final class Clean {
  private static final int LONGEST_TYPE = 200;
  private static final int LONGEST_TITLE = 1_000;

  private Clean() {}

  static Alert of(Alert alert) {
    Map<String, String> labels = alert.labels();
    if (!labels.entrySet().stream()
        .allMatch(one -> isClean(one.getKey()) && isClean(one.getValue()))) {
      labels = new LinkedHashMap<>();
      for (Map.Entry<String, String> label : alert.labels().entrySet()) {
        labels.put(text(label.getKey()), text(label.getValue()));
      }
    }
    return new Alert(
        cut(nullable(alert.type()), LONGEST_TYPE),
        shortened(text(alert.title()), LONGEST_TITLE),
        alert.severity(),
        alert.status(),
        labels,
        alert.startedAt(),
        nullable(alert.value()),
        text(alert.fingerprint()),
        nullable(alert.link()));
  }

  private static boolean isClean(String text) {
    return text.indexOf('\0') < 0;
  }

  private static String text(String text) {
    return isClean(text) ? text : text.replace('\0', '\uFFFD');
  }

  private static @Nullable String nullable(@Nullable String text) {
    return text == null ? null : text(text);
  }

  private static @Nullable String cut(@Nullable String text, int most) {
    return text == null ? null : shortened(text, most);
  }

  private static String shortened(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end);
  }
}
