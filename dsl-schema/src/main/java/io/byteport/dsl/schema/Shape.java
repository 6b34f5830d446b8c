package io.byteport.dsl.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
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

  private final LoadedSchema loaded;
  private final boolean templates;
  private final boolean open;
  private final Set<String> names = new HashSet<>();
  private final List<JsonNode> written = new ArrayList<>();
  private final List<JsonNode> schemas = new ArrayList<>();
  private final Map<String, Shape> children = new ConcurrentHashMap<>();

  private Shape(LoadedSchema loaded, boolean templates, boolean open) {
    this.loaded = loaded;
    this.templates = templates;
    this.open = open;
  }

  private Shape(Shape parent) {
    this(parent.loaded, parent.templates, parent.isOpen());
  }

  /** The whole document. */
  public static Shape of(DocumentKind kind) {
    return whole(
        LoadedSchema.of(kind), kind == DocumentKind.RUNBOOK || kind == DocumentKind.LIBRARY);
  }

  /** The whole configuration of an agent. */
  public static Shape ofAgent() {
    return whole(LoadedSchema.agent(), true);
  }

  private static Shape whole(LoadedSchema loaded, boolean templates) {
    Shape shape = new Shape(loaded, templates, false);
    shape.take(loaded.document());
    return shape;
  }

  /** A schema that is written for this place. */
  private void take(JsonNode schema) {
    if (schema.isObject()) {
      written.add(schema);
      add(schema);
    }
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
        add(loaded.resolved(schema));
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
    Shape shape = new Shape(this);
    schemas.forEach(schema -> shape.take(schema.path("properties").path(name)));
    if (shape.schemas.isEmpty()) {
      schemas.forEach(schema -> shape.take(schema.path("additionalProperties")));
    }
    return shape;
  }

  /** An item of a list. */
  public Shape item() {
    return children.computeIfAbsent("[]", any -> readItem());
  }

  private Shape readItem() {
    Shape shape = new Shape(this);
    schemas.forEach(schema -> shape.take(schema.path("items")));
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
        templates
            && ((open && schemas.isEmpty())
                || names.stream()
                    .anyMatch(name -> TEMPLATES.contains(name) || VALUES.contains(name)));
    return template ? Notation.TEMPLATE : Notation.LITERAL;
  }

  /**
   * The fields that a map here may have, in their order, as far as those that it has allow them:
   * what another field rules out is left out, and so is what needs one that is not there. Those
   * that it has are listed too.
   *
   * @param present the keys that the map has
   */
  public List<ShapeField> fields(Set<String> present) {
    return new ShapeFields(loaded, present).of(written);
  }

  /** What is said about a field. */
  public Optional<ShapeField> about(String field) {
    return fields(Set.of(field)).stream().filter(one -> one.name().equals(field)).findFirst();
  }

  /** The words of which a scalar here must be one; empty where it is free. */
  public List<String> words() {
    Set<String> words = new LinkedHashSet<>();
    for (JsonNode schema : schemas) {
      schema.path("enum").forEach(word -> words.add(word.asString("")));
      if (schema.has("const")) {
        words.add(schema.path("const").asString(""));
      }
    }
    return List.copyOf(words);
  }

  /** What a value here is called: {@code a duration such as `30s`}; empty where nothing is said. */
  public Optional<String> title() {
    return Stream.concat(written.stream(), schemas.stream())
        .map(schema -> schema.path("title").asString(""))
        .filter(title -> !title.isEmpty())
        .findFirst();
  }

  /** The name of the definition that a value here follows, such as {@code actionName}. */
  public boolean follows(String definition) {
    return names.contains(definition);
  }

  /** Whether a map may stand here. */
  public boolean takesMap() {
    return isOpen()
        || has("object")
        || schemas.stream().anyMatch(schema -> schema.path("additionalProperties").isObject());
  }

  /** Whether a scalar may stand here. */
  public boolean takesScalar() {
    boolean typed = schemas.stream().anyMatch(schema -> schema.has("type"));
    return !words().isEmpty()
        || Stream.of("string", "number", "integer", "boolean").anyMatch(this::has)
        || (!typed && !takesAnyKey() && fields().isEmpty() && !takesItems())
        || (!typed && isOpen());
  }

  private boolean takesItems() {
    return schemas.stream().anyMatch(schema -> schema.has("items"));
  }

  /** Whether a list may stand here. */
  public boolean takesList() {
    return isOpen() || has("array") || schemas.stream().anyMatch(schema -> schema.has("items"));
  }

  /** Whether true and false may stand here as themselves. */
  public boolean takesBoolean() {
    return schemas.stream().anyMatch(schema -> schema.path("type").asString("").equals("boolean"));
  }

  /** Whether keys here are the author's. */
  public boolean takesAnyKey() {
    return isOpen()
        || schemas.stream().anyMatch(schema -> schema.path("additionalProperties").isObject());
  }

  private boolean has(String type) {
    return schemas.stream()
        .map(schema -> schema.path("type"))
        .anyMatch(
            written ->
                written.asString("").equals(type)
                    || written.valueStream().anyMatch(one -> one.asString("").equals(type)));
  }
}
