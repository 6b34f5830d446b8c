package io.byteport.engine.journal;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What happens to every text before it is stored: secrets are taken out, and what is too long is
 * cut and marked as cut.
 */
final class TextScrub {
  /** Characters that are stored of one text. */
  static final int LONGEST = 256 * 1024;

  /** The runbook's own text is configuration, and a run is recovered from it: it stays as it is. */
  private static final String RUNBOOK_TEXT = "runbookText";

  private final Redactor redactor;

  TextScrub(Redactor redactor) {
    this.redactor = redactor;
  }

  /** Cleans the tree of one entry in place. */
  void cleanEntry(ObjectNode entry) {
    for (Map.Entry<String, JsonNode> field : entry.properties()) {
      if (!field.getKey().equals(RUNBOOK_TEXT)) {
        field.setValue(clean(field.getValue()));
      }
    }
  }

  private JsonNode clean(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
          field.setValue(clean(field.getValue()));
        }
        yield object;
      }
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          array.set(i, clean(array.get(i)));
        }
        yield array;
      }
      default ->
          node.isString() ? JsonNodeFactory.instance.stringNode(clean(node.stringValue())) : node;
    };
  }

  String clean(String text) {
    return cut(redactor.redact(text));
  }

  /** The text, or its beginning with a mark that says how much is missing. */
  static String cut(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    String mark = " [cut: " + text.length() + " characters]";
    int end = LONGEST - mark.length();
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
        + mark;
  }
}
