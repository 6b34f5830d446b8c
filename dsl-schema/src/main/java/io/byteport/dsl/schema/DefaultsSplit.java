package io.byteport.dsl.schema;

import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Tells runbooks with {@code defaults} from those without. Where a family has defaults, a required
 * input need not stand in {@code with}, and JSON Schema cannot look up from there: so every
 * definition that leads to a use of an action is there twice, and the document's root chooses.
 */
final class DefaultsSplit {
  /** Ends the names of the definitions of a runbook that has {@code defaults}. */
  static final String SUFFIX = "BesideDefaults";

  private final ObjectNode root;
  private final ObjectNode definitions;
  private final Set<String> leading;

  private DefaultsSplit(ObjectNode root, Set<String> uses) {
    this.root = root;
    this.definitions = (ObjectNode) root.get(Draft07.DEFINITIONS);
    this.leading = new LinkedHashSet<>(uses);
  }

  /**
   * Splits a document.
   *
   * @param uses the definitions in which actions are used
   */
  static void split(ObjectNode root, Set<String> uses) {
    DefaultsSplit split = new DefaultsSplit(root, uses);
    split.follow();
    split.copy();
    split.choose();
  }

  /** Adds every definition that leads to one that is known to lead to a use. */
  private void follow() {
    boolean grown = true;
    while (grown) {
      grown = false;
      for (String name : definitions.propertyNames()) {
        grown |= leads(definitions.get(name)) && leading.add(name);
      }
    }
  }

  private boolean leads(JsonNode schema) {
    return schema.findValues("$ref").stream()
        .anyMatch(
            reference ->
                reference.isString()
                    && leading.contains(
                        reference.stringValue().substring(Draft07.REFERENCE.length())));
  }

  private void copy() {
    for (String name : leading) {
      definitions.set(name + SUFFIX, redirected(definitions.get(name)));
    }
  }

  /** A copy whose references lead to copies. */
  private JsonNode redirected(JsonNode schema) {
    JsonNode copy = schema.deepCopy();
    redirect(copy);
    return copy;
  }

  private void redirect(JsonNode schema) {
    if (schema instanceof ObjectNode object && object.get("$ref") instanceof StringNode reference) {
      String name = reference.stringValue().substring(Draft07.REFERENCE.length());
      if (leading.contains(name)) {
        object.put("$ref", Draft07.REFERENCE + name + SUFFIX);
      }
    }
    schema.forEach(this::redirect);
  }

  private void choose() {
    ObjectNode properties = (ObjectNode) root.get("properties");
    ObjectNode with = root.objectNode();
    ObjectNode without = root.objectNode();
    for (String name : Set.copyOf(properties.propertyNames())) {
      JsonNode schema = properties.get(name);
      if (leads(schema)) {
        with.set(name, redirected(schema));
        without.set(name, schema);
        properties.set(name, root.objectNode().set("description", schema.path("description")));
      }
    }
    root.putObject("if").putArray("required").add("defaults");
    root.putObject("then").set("properties", with);
    root.putObject("else").set("properties", without);
  }
}
