package io.byteport.engine.evidence;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.ListValue;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.dsl.value.Value.TextValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The entries of the inventory that a run was about, as {@code connections} of a test. */
final class Entries {
  private final CheckedRunbook runbook;
  private final Map<String, Object> connections = new LinkedHashMap<>();

  Entries(CheckedRunbook runbook) {
    this.runbook = runbook;
  }

  /** By their names, in the order in which they were met. */
  Map<String, Object> connections() {
    return connections;
  }

  /**
   * Learns a value, if it is an entry: what it says of itself, and the entries that it refers to.
   *
   * @return its name; empty if it is none
   */
  Optional<String> learn(Value value, Type type) {
    if (!(value instanceof StructValue entry)
        || !(type.nonNull() instanceof RecordType record)
        || !(entry.get("name") instanceof TextValue name)) {
      return Optional.empty();
    }
    if (!connections.containsKey(name.value())) {
      Map<String, Object> about = new LinkedHashMap<>();
      about.put("type", kind(record));
      connections.put(name.value(), about);
      record.fields().forEach((field, of) -> put(about, field, entry.get(field), of));
      about.remove("name");
    }
    return Optional.of(name.value());
  }

  private void put(Map<String, Object> about, String field, Value value, Type type) {
    if (isLeftOut(field, value)) {
      return;
    }
    if (value instanceof StructValue && type.nonNull() instanceof RecordType) {
      learn(value, type).ifPresent(name -> about.put(field, name));
    } else {
      about.put(field, YamlText.tree(value));
    }
  }

  /** What is not there; and lists of settings, which are for adapters, as no test has any. */
  private static boolean isLeftOut(String field, Value value) {
    return switch (value) {
      case ListValue list -> list.items().isEmpty() || !field.equals("aliases");
      case StructValue struct -> struct.fields().isEmpty();
      default -> value.isNull();
    };
  }

  private String kind(RecordType type) {
    return runbook.catalogue().inventory().entrySet().stream()
        .filter(each -> each.getValue().equals(type))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(type.name());
  }
}
