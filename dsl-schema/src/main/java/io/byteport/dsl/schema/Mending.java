package io.byteport.dsl.schema;

import io.byteport.dsl.diagnostic.Fix;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.value.ForeignUnits;
import io.byteport.dsl.yaml.PlainText;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Style;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Fixes for scalars of the wrong type or form, where it is plain what they are to be. */
final class Mending {
  private static final Pattern WHOLE_NUMBER = Pattern.compile("0|[1-9][0-9]{0,14}");
  private static final Pattern NUMBER = Pattern.compile("(0|[1-9][0-9]{0,14})(\\.[0-9]{1,15})?");

  private Mending() {}

  /** For a value that has another type than a schema asks for. */
  static Optional<Fix> ofType(SourceFile file, YamlNode node, JsonNode schema) {
    if (!(node instanceof YamlScalar scalar) || scalar.value().isNull()) {
      return Optional.empty();
    }
    return switch (schema.path("type").asString("")) {
      case "string" -> quoted(file, scalar, schema);
      case "boolean" -> truth(scalar);
      case "integer" -> digits(scalar, WHOLE_NUMBER);
      case "number" -> digits(scalar, NUMBER);
      case "array" -> listed(file, scalar);
      default -> Optional.empty();
    };
  }

  private static Optional<Fix> quoted(SourceFile file, YamlScalar scalar, JsonNode schema) {
    return schema.has("pattern")
        ? Optional.empty()
        : Optional.of(
            new Fix(
                "put the value in quotes",
                scalar.span(),
                '"' + file.text(scalar.span()) + '"',
                true));
  }

  /** The words for truth of YAML 1.1, and of today's in quotes. */
  private static Optional<Fix> truth(YamlScalar scalar) {
    return switch (scalar.text().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> Optional.of(write("true", scalar));
      case "false", "no", "off" -> Optional.of(write("false", scalar));
      default -> Optional.empty();
    };
  }

  /** A number in quotes. */
  private static Optional<Fix> digits(YamlScalar scalar, Pattern number) {
    boolean inQuotes =
        scalar.style() == Style.SINGLE_QUOTED || scalar.style() == Style.DOUBLE_QUOTED;
    return inQuotes && number.matcher(scalar.text()).matches()
        ? Optional.of(write(scalar.text(), scalar))
        : Optional.empty();
  }

  /** One word where a list is asked for. */
  private static Optional<Fix> listed(SourceFile file, YamlScalar scalar) {
    return PlainText.suits(scalar.text(), true) && scalar.text().indexOf(' ') < 0
        ? Optional.of(
            new Fix("make it a list", scalar.span(), "[" + file.text(scalar.span()) + "]", false))
        : Optional.empty();
  }

  /** For a text that does not look as a schema asks for; of these only durations are certain. */
  static Optional<Fix> ofFormat(YamlNode node, JsonNode schema) {
    return node instanceof YamlScalar scalar
        ? ForeignUnits.meant(scalar.text())
            .filter(ForeignUnits::isCertain)
            .filter(meant -> meant.matches(schema.path("pattern").asString("")))
            .map(meant -> write(meant, scalar))
        : Optional.empty();
  }

  private static Fix write(String replacement, YamlScalar scalar) {
    return new Fix("write `" + replacement + "`", scalar.span(), replacement, true);
  }
}
