package io.byteport.dsl.schema;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The schema of a library: what it shares with runbooks stands in theirs, and nowhere twice. */
final class SharedSections {
  private static final String THEIRS = "runbook.schema.json#";

  private SharedSections() {}

  /**
   * A schema of its own, with the sections and definitions of runbooks that it refers to.
   *
   * @param runbook the schema of runbooks
   */
  static JsonNode of(JsonNode library, JsonNode runbook) {
    ObjectNode whole = (ObjectNode) library.deepCopy();
    ObjectNode sections = (ObjectNode) whole.get("properties");
    for (String name : sections.propertyNames().toArray(String[]::new)) {
      String reference = sections.path(name).path("$ref").asString("");
      if (reference.startsWith(THEIRS)) {
        ObjectNode section =
            (ObjectNode) runbook.at(reference.substring(THEIRS.length())).deepCopy();
        section.set("description", sections.path(name).path("description"));
        sections.set(name, section);
      }
    }
    whole.set("$defs", runbook.get("$defs").deepCopy());
    return whole;
  }
}
