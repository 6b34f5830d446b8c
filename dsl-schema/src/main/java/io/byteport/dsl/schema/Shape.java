package io.byteport.dsl.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/**
 * What the schema of a kind says about one place in a document: the order of its fields, and how a
 * scalar there is to be read. Places that were asked for once are kept; safe for use by several
 * threads.
 */
public final class Shape {
  /** How a scalar is read. */
  public enum Notation {
    /** As one bare expression. */
    EXPRESSION,
    /** As text with <code>${expressions}</code> in it. */
    TEMPLATE,
    /** As it stands. */
    LITERAL
  }

  private static final Set<String> EXPRESSIONS = Set.of("expression", "expressionOrNull");
  private static final Set<String> VALUES = Set.of("values", "namedValues", "value");
  private static final Set<String> TEMPLATES =
      Set.of(
          "text",
          "textChoice",
          "duration",
          "severity",
          "severityChoice",
          "confidence",
          "confidenceChoice");

  private final DocumentKind kind;
  private final boolean open;
  private final Set<String> names = new HashSet<>();
  private final List<JsonNode> schemas = new ArrayList<>();
  private final Map<String, Shape> children = new ConcurrentHashMap<>();

  private Shape(DocumentKind kind, boolean open) {
    this.kind = kind;
    this.open = open;
  }

  /** The whole document. */
  public static Shape of(DocumentKind kind) {
    Shape shape = new Shape(kind, false);
    shape.add(LoadedSchema.of(kind).document());
    return shape;
  }

  /** Collects a schema, what it refers to and what it demands besides, or under conditions. */
  private void add(JsonNode schema) {
    if (!schema.isObject()) {
      return;
    }
    JsonNode reference = schema.get("$ref");
    if (reference != null) {
      String path = reference.stringValue();
      if (names.add(path.substring(path.lastIndexOf('/') + 1))) {
        add(LoadedSchema.of(kind).resolved(schema));
      }
    }
    schemas.add(schema);
    schema.path("allOf").forEach(this::add);
    add(schema.path("then"));
    add(schema.path("else"));
  }

  /**
   * The fields in their order; empty where the keys are the author's, whose order is not to be
   * touched.
   */
  public List<String> fields() {
    Set<String> fields = new LinkedHashSet<>();
    for (JsonNode schema : schemas) {
      if (schema.path("additionalProperties").isObject()) {
        return List.of();
      }
      schema
          .path("properties")
          .forEachEntry(
              (name, field) -> {
                if (field.isObject()) {
                  fields.add(name);
                }
              });
    }
    return List.copyOf(fields);
  }

  /** The value of a field. */
  public Shape field(String name) {
    return children.computeIfAbsent("." + name, any -> readField(name));
  }

  private Shape readField(String name) {
    Shape shape = new Shape(kind, isOpen());
    schemas.forEach(schema -> shape.add(schema.path("properties").path(name)));
    if (shape.schemas.isEmpty()) {
      schemas.forEach(schema -> shape.add(schema.path("additionalProperties")));
    }
    return shape;
  }

  /** An item of a list. */
  public Shape item() {
    return children.computeIfAbsent("[]", any -> readItem());
  }

  private Shape readItem() {
    Shape shape = new Shape(kind, isOpen());
    schemas.forEach(schema -> shape.add(schema.path("items")));
    return shape;
  }

  /** Whether what is not declared here is any value. */
  private boolean isOpen() {
    return (open && schemas.isEmpty())
        || names.stream().anyMatch(VALUES::contains)
        || schemas.stream()
            .anyMatch(
                schema ->
                    schema.path("type").asString("").equals("object")
                        && !schema.has("additionalProperties"));
  }

  /** How a scalar at this place is read; {@link Notation#LITERAL} where that is not certain. */
  public Notation notation() {
    if (names.stream().anyMatch(EXPRESSIONS::contains)) {
      return Notation.EXPRESSION;
    }
    boolean template =
        (kind == DocumentKind.RUNBOOK || kind == DocumentKind.LIBRARY)
            && ((open && schemas.isEmpty())
                || names.stream()
                    .anyMatch(name -> TEMPLATES.contains(name) || VALUES.contains(name)));
    return template ? Notation.TEMPLATE : Notation.LITERAL;
  }
}
