package io.byteport.cli;

import io.byteport.engine.signal.Signal;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A signal from JSON: {@code type} and {@code labels}, and optionally {@code source}, {@code
 * severity}, {@code status}, {@code startedAt}, {@code value}, {@code fingerprint} and {@code
 * link}. Anything else is refused, since a misspelt field would be lost without a word.
 */
final class SignalReader {
  private static final Set<String> FIELDS =
      Set.of(
          "type",
          "source",
          "severity",
          "status",
          "labels",
          "startedAt",
          "value",
          "fingerprint",
          "link");

  private final String name;

  private SignalReader(String name) {
    this.name = name;
  }

  /**
   * @param name how messages call the text
   * @param now stands for a {@code startedAt} that is not given
   * @throws IOException with a sentence for people where the text is not a signal
   */
  static Signal read(String name, String json, Instant now) throws IOException {
    return new SignalReader(name).read(json, now);
  }

  private Signal read(String json, Instant now) throws IOException {
    JsonNode root;
    try {
      root = JsonMapper.shared().readTree(json);
    } catch (JacksonException e) {
      throw problem("is not JSON: " + e.getOriginalMessage() + place(e.getLocation()));
    }
    if (!root.isObject()) {
      throw problem("must be a JSON object such as {\"type\": \"...\", \"labels\": {...}}");
    }
    for (String field : root.propertyNames()) {
      if (!FIELDS.contains(field)) {
        throw problem(
            "has an unknown field `"
                + field
                + "`; a signal has "
                + FIELDS.stream().sorted().collect(Collectors.joining(", ")));
      }
    }
    String type = text(root, "type");
    if (type == null) {
      throw problem("lacks `type`, the id of the signal as a runbook's detectors declare it");
    }
    Map<String, String> labels = labels(root.path("labels"));
    String source = text(root, "source");
    String fingerprint = text(root, "fingerprint");
    return new Signal(
        type,
        source == null ? "command-line" : source,
        word(root, "severity", Signal.Severity.class, Signal.Severity.WARNING),
        word(root, "status", Signal.Status.class, Signal.Status.FIRING),
        labels,
        instant(root, now),
        text(root, "value"),
        fingerprint == null ? type + labels : fingerprint,
        text(root, "link"));
  }

  /** Where it stands; what passes a limit of the parser has no place. */
  private static String place(@Nullable TokenStreamLocation location) {
    return location == null
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  private Map<String, String> labels(JsonNode node) throws IOException {
    Map<String, String> labels = new LinkedHashMap<>();
    if (node.isMissingNode() || node.isNull()) {
      return labels;
    }
    if (!node.isObject()) {
      throw problem("has `labels` that are not a map of texts");
    }
    for (Map.Entry<String, JsonNode> label : node.properties()) {
      if (label.getValue().isContainer()) {
        throw problem("has the label `" + label.getKey() + "` that is not a text");
      }
      if (!label.getValue().isNull()) {
        labels.put(label.getKey(), label.getValue().asString());
      }
    }
    return labels;
  }

  private @Nullable String text(JsonNode root, String field) throws IOException {
    JsonNode node = root.path(field);
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (node.isContainer()) {
      throw problem("has `" + field + "` that is not a text");
    }
    return node.asString();
  }

  private <E extends Enum<E>> E word(JsonNode root, String field, Class<E> words, E otherwise)
      throws IOException {
    String text = text(root, field);
    if (text == null) {
      return otherwise;
    }
    for (E word : words.getEnumConstants()) {
      if (word.name().equalsIgnoreCase(text)) {
        return word;
      }
    }
    throw problem(
        "has `"
            + field
            + "` "
            + text
            + "; it is one of "
            + Arrays.stream(words.getEnumConstants())
                .map(word -> word.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ")));
  }

  private Instant instant(JsonNode root, Instant now) throws IOException {
    String text = text(root, "startedAt");
    try {
      return text == null ? now : Instant.parse(text);
    } catch (DateTimeException e) {
      throw problem("has `startedAt` " + text + "; it is written like 2026-01-31T03:00:00Z");
    }
  }

  private IOException problem(String what) {
    return new IOException("signal " + name + " " + what);
  }
}
