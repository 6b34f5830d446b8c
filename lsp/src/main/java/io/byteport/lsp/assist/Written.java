package io.byteport.lsp.assist;

import io.byteport.dsl.yaml.YamlNode.Style;

/** Text as it must be written where it is put in. Pure. */
final class Written {
  private Written() {}

  /** A text as a scalar of a style has it. */
  static String in(Style style, String text) {
    return switch (style) {
      case DOUBLE_QUOTED -> text.replace("\\", "\\\\").replace("\"", "\\\"");
      case SINGLE_QUOTED -> text.replace("'", "''");
      case PLAIN, LITERAL, FOLDED -> text;
    };
  }

  /** A text of which a snippet has nothing to fill in. */
  static String inSnippet(String text) {
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}");
  }

  /** A text as an expression writes it. */
  static String literal(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
