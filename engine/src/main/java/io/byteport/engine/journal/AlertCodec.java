package io.byteport.engine.journal;

import io.byteport.engine.signal.Signal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Signals as JSON, as they stand in rows of alerts. Secrets are taken out and long texts cut on the
 * way in, but for the fingerprint. Safe for several threads.
 */
final class AlertCodec {
  static final int VERSION = 1;

  private final JsonMapper mapper = JsonMapper.builder().build();
  private final JournalCodec scrub;

  /**
   * @param scrub takes secrets out
   */
  AlertCodec(JournalCodec scrub) {
    this.scrub = scrub;
  }

  String clean(String text) {
    return scrub.cleanText(text);
  }

  String write(Signal signal) {
    ObjectNode tree = mapper.createObjectNode();
    tree.put("type", signal.type());
    tree.put("source", signal.source());
    tree.put("severity", signal.severity().name());
    tree.put("startedAt", signal.startedAt().toString());
    tree.put("fingerprint", signal.fingerprint());
    if (signal.value() != null) {
      tree.put("value", clean(signal.value()));
    }
    if (signal.link() != null) {
      tree.put("link", clean(signal.link()));
    }
    ObjectNode labels = tree.putObject("labels");
    signal.labels().forEach((name, text) -> labels.put(name, clean(text)));
    return mapper.writeValueAsString(tree);
  }

  /**
   * The signal as it was when it began to fire.
   *
   * @throws StoreException if this version cannot read it
   */
  Signal read(String json, int version) {
    if (version != VERSION) {
      throw new StoreException(
          "an alert has format " + version + ", but this BytePort reads 1: run a newer one");
    }
    try {
      JsonNode tree = mapper.readTree(json);
      Map<String, String> labels = new LinkedHashMap<>();
      tree.path("labels")
          .properties()
          .forEach(label -> labels.put(label.getKey(), label.getValue().stringValue()));
      return new Signal(
          tree.path("type").stringValue(),
          tree.path("source").stringValue(),
          Signal.Severity.valueOf(tree.path("severity").stringValue()),
          Signal.Status.FIRING,
          labels,
          Instant.parse(tree.path("startedAt").stringValue()),
          text(tree, "value"),
          tree.path("fingerprint").stringValue(),
          text(tree, "link"));
    } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
      throw new StoreException("an alert cannot be read: " + e.getMessage(), e);
    }
  }

  private static @Nullable String text(JsonNode tree, String name) {
    return tree.hasNonNull(name) ? tree.path(name).stringValue() : null;
  }
}
