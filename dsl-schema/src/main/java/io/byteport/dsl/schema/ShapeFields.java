package io.byteport.dsl.schema;

import io.byteport.dsl.schema.ShapeField.Rank;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Gathers the fields that a map may have beside those that it has. Used once, by one thread. */
final class ShapeFields {
  private final LoadedSchema loaded;
  private final Set<String> present;
  private final Map<String, ShapeField> fields = new LinkedHashMap<>();
  private final Map<String, Rank> ranks = new LinkedHashMap<>();
  private final Set<String> excluded = new HashSet<>();

  ShapeFields(LoadedSchema loaded, Set<String> present) {
    this.loaded = loaded;
    this.present = present;
  }

  List<ShapeField> of(List<JsonNode> schemas) {
    schemas.forEach(this::add);
    List<ShapeField> all = new ArrayList<>();
    for (ShapeField field : fields.values()) {
      if (!excluded.contains(field.name()) || present.contains(field.name())) {
        all.add(field.with(ranks.getOrDefault(field.name(), Rank.OPTIONAL)));
      }
    }
    return all;
  }

  private void add(JsonNode schema) {
    if (!schema.isObject()) {
      return;
    }
    if (schema.has("$ref")) {
      add(loaded.resolved(schema));
    }
    schema.path("properties").forEachEntry(this::field);
    schema.path("required").forEach(name -> ranks.put(name.asString(""), Rank.REQUIRED));
    schema.path("allOf").forEach(this::add);
    alternatives(schema.path("oneOf"));
    if (schema.has("if")) {
      add(schema.path(holds(schema.path("if")) ? "then" : "else"));
    }
    schema
        .path("dependentSchemas")
        .forEachEntry(
            (name, more) -> {
              if (present.contains(name)) {
                add(more);
              }
            });
    schema
        .path("dependentRequired")
        .forEachEntry(
            (name, needed) -> {
              if (!needed.valueStream().allMatch(one -> present.contains(one.asString("")))) {
                excluded.add(name);
              }
            });
  }

  private void field(String name, JsonNode schema) {
    if (schema.isBoolean() && !schema.asBoolean()) {
      excluded.add(name);
    } else if (schema.isObject()) {
      String doc = schema.path("description").asString("");
      fields.putIfAbsent(
          name,
          new ShapeField(
              name,
              doc.isEmpty() ? null : doc,
              Rank.OPTIONAL,
              schema.path("deprecated").asBoolean(false)));
    }
  }

  /** Fields of which the map has exactly one: the others go once one is there. */
  private void alternatives(JsonNode oneOf) {
    List<String> names = new ArrayList<>();
    for (JsonNode option : oneOf) {
      option.path("required").forEach(name -> names.add(name.asString("")));
    }
    boolean chosen = names.stream().anyMatch(present::contains);
    for (String name : names) {
      if (chosen) {
        excluded.add(name);
      } else {
        ranks.putIfAbsent(name, Rank.ONE_OF);
      }
    }
  }

  /** Whether a condition holds of the map, as far as its keys tell. */
  private boolean holds(JsonNode condition) {
    String type = condition.path("type").asString("object");
    return type.equals("object")
        && condition
            .path("required")
            .valueStream()
            .allMatch(name -> present.contains(name.asString("")))
        && !condition.path("properties").isObject();
  }
}
