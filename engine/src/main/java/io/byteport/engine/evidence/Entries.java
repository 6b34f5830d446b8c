package io.byteport.engine.evidence;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.ListValue;
import io.byteport.dsl.value.Value.NullValue;
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

  /** Lists of settings are for adapters, and adapters have no part in a test. */
  private void put(Map<String, Object> about, String field, Value value, Type type) {
    switch (value) {
      case NullValue nothing -> {}
      case ListValue list when !field.equals("aliases") || list.items().isEmpty() -> {}
      case StructValue struct when struct.fields().isEmpty() -> {}
      case StructValue struct when type.nonNull() instanceof RecordType ->
          learn(struct, type).ifPresent(name -> about.put(field, name));
      default -> about.put(field, YamlText.tree(value));
    }
  }

  private String kind(RecordType type) {
    return runbook.catalogue().inventory().entrySet().stream()
        .filter(each -> each.getValue().equals(type))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(type.name());
  }
}
