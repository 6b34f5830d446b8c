package io.byteport.engine.outbox;

import io.byteport.dsl.connection.Connection;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.dsl.value.Value.TextValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The labels of what a run is about: its own, those of the entry of the inventory that it is, and
 * those of the entries that it names, such as its host.
 */
final class TargetLabels {
  private final List<Connection> connections;
  private final Map<String, Value> labels = new LinkedHashMap<>();

  private TargetLabels(List<Connection> connections) {
    this.connections = connections;
  }

  /**
   * By name; empty where nothing is known of it.
   *
   * @param key of the target, which begins with its type
   */
  static Value of(String key, StructValue target, List<Connection> connections) {
    TargetLabels found = new TargetLabels(connections);
    target
        .fields()
        .forEach(
            (name, value) -> {
              if (value instanceof StructValue part) {
                found.own(part);
                found.entry(name, part.get("name"));
              }
            });
    found.entry(key.substring(0, Math.max(0, key.indexOf('/'))), target.get("name"));
    found.own(target);
    return Value.of(found.labels);
  }

  private void own(StructValue part) {
    if (part.get("labels") instanceof StructValue own) {
      labels.putAll(own.fields());
    }
  }

  private void entry(String kind, Value name) {
    if (name instanceof TextValue text) {
      for (Connection connection : connections) {
        if (connection.kind().equals(kind)
            && (connection.name().equals(text.value())
                || connection.aliases().contains(text.value()))) {
          connection.labels().forEach((label, word) -> labels.put(label, Value.of(word)));
        }
      }
    }
  }
}
