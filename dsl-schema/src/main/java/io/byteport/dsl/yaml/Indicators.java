package io.byteport.dsl.yaml;

import org.jspecify.annotations.Nullable;

/** The characters that mean something to YAML at the start of a value. */
final class Indicators {
  private Indicators() {}

  /**
   * What a character makes of the value, to follow "found a leading x,"; null where it means
   * nothing.
   */
  static @Nullable String meaning(int c) {
    return switch (c) {
      case '!' -> "which YAML reads as a tag";
      case '*' -> "which YAML reads as an alias";
      case '&' -> "which YAML reads as an anchor";
      case '@', '`' -> "which YAML reserves";
      case '%' -> "which YAML keeps for directives";
      case '[' -> "which YAML reads as a list that ends at its `]`";
      case '{' -> "which YAML reads as a map that ends at its `}`";
      case '"' -> "so that YAML ends the value at the closing quote";
      case '\'' -> "so that YAML ends the value at the next single quote";
      case '>', '|' -> "which YAML reads as a text on the lines below";
      case '-' -> "which YAML reads as a list item";
      case '?' -> "which YAML reads as a key";
      case ',', ']', '}' -> "which belongs to YAML's maps and lists";
      default -> null;
    };
  }

  /** The character in backticks, or its name. */
  static String name(int c) {
    return c == '`' ? "backtick" : "`" + Character.toString(c) + "`";
  }
}
