package io.byteport.dsl.schema;

import io.byteport.dsl.source.Span;
import io.byteport.dsl.value.Value.BooleanValue;
import io.byteport.dsl.value.Value.NullValue;
import io.byteport.dsl.value.Value.NumberValue;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** How findings about shape speak of values and of what was expected. */
final class Words {
  private static final int LONGEST_TEXT = 40;

  private Words() {}

  /** A value in words: {@code a map}, {@code the text `x`}, {@code nothing}. */
  static String found(YamlNode node) {
    return switch (node) {
      case YamlMapping mapping -> mapping.entries().isEmpty() ? "an empty map" : "a map";
      case YamlSequence sequence -> sequence.items().isEmpty() ? "an empty list" : "a list";
      case YamlScalar scalar ->
          switch (scalar.value()) {
            case NullValue nothing -> "nothing";
            case BooleanValue truth -> "`" + truth.value() + "`";
            case NumberValue number -> "the number " + scalar.text();
            default ->
                scalar.text().isEmpty() ? "an empty text" : "the text " + shortened(scalar.text());
          };
    };
  }

  private static String shortened(String text) {
    String line = text.lines().findFirst().orElse("").strip();
    boolean whole = line.equals(text) && line.codePointCount(0, line.length()) <= LONGEST_TEXT;
    if (whole) {
      return "`" + line + "`";
    }
    int end =
        line.offsetByCodePoints(0, Math.min(LONGEST_TEXT, line.codePointCount(0, line.length())));
    return "`" + line.substring(0, end).stripTrailing() + "…`";
  }

  /** What a schema asks for: its title, else its type. */
  static String expected(JsonNode schema) {
    JsonNode title = schema.get("title");
    if (title != null) {
      return title.stringValue();
    }
    JsonNode type = schema.path("type");
    return type.isArray()
        ? type.valueStream()
            .map(each -> typeName(each.stringValue()))
            .collect(Collectors.joining(" or "))
        : typeName(type.asString(""));
  }

  private static String typeName(String type) {
    return switch (type) {
      case "object" -> "a map";
      case "array" -> "a list";
      case "string" -> "text";
      case "number" -> "a number";
      case "integer" -> "a whole number";
      case "boolean" -> "`true` or `false`";
      case "null" -> "nothing";
      default -> "another value";
    };
  }

  /** {@code `a`, `b` and `c`}. */
  static String and(List<String> names) {
    return joined(names, " and ");
  }

  /** {@code `a`, `b` or `c`}. */
  static String or(List<String> names) {
    return joined(names, " or ");
  }

  private static String joined(List<String> names, String last) {
    List<String> quoted = names.stream().map(name -> "`" + name + "`").toList();
    int size = quoted.size();
    return size < 2
        ? String.join("", quoted)
        : String.join(", ", quoted.subList(0, size - 1)) + last + quoted.getLast();
  }

  /** What to underline for a value: the value where it fits on its line, else its key. */
  static Span underlined(Place place) {
    boolean compact =
        switch (place.node()) {
          case YamlScalar scalar ->
              !scalar.span().equals(new Span(scalar.span().start(), scalar.span().start()));
          case YamlMapping mapping -> mapping.flow();
          case YamlSequence sequence -> sequence.flow();
        };
    return compact ? place.node().span() : place.head();
  }
}
