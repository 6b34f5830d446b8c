package io.byteport.dsl.schema;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Fix;
import io.byteport.dsl.diagnostic.Related;
import io.byteport.dsl.diagnostic.Suggestions;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Says what an error of the validator means: where, what was expected, what was found and what to
 * do about it.
 */
final class SchemaWording {
  private final SourceFile file;
  private final YamlMapping document;
  private final LoadedSchema schema;

  SchemaWording(SourceFile file, YamlMapping document, LoadedSchema schema) {
    this.file = file;
    this.document = document;
    this.schema = schema;
  }

  /** The field that an error is about, or an empty text. */
  static String property(Error error) {
    return error.getProperty() == null ? "" : error.getProperty();
  }

  /** The finding that an error stands for. */
  Diagnostic of(Error error) {
    Place place = Place.at(document, error.getInstanceLocation());
    JsonNode holder = schema.holder(error, 0);
    return switch (error.getKeyword()) {
      case "additionalProperties" -> unknownField(error, place, holder);
      case "required" -> missingField(error, place, property(error));
      case "dependentRequired" -> missingCompanion(error, place);
      case "type" -> wrongType(place, holder);
      case "enum" -> notAllowed(place, words(holder.path("enum")));
      case "const" -> notAllowed(place, List.of(holder.path("const").asString("")));
      case "pattern" -> badFormat(place, holder);
      case "propertyNames" -> badName(error, place, holder);
      case "minimum", "maximum" ->
          at(
              DiagnosticCode.SCHEMA_OUT_OF_RANGE,
              Words.underlined(place),
              "expected " + Bounds.ofNumber(holder) + ", found " + Words.found(place.node()),
              comment(holder));
      case "minItems", "minProperties" ->
          at(
              DiagnosticCode.SCHEMA_OUT_OF_RANGE,
              Words.underlined(place),
              "expected at least one entry in " + place.name() + ", found none",
              "add an entry");
      case "oneOf" -> notExactlyOne(error, place);
      case "false" -> refused(error, place);
      case DeprecatedKeyword.NAME -> deprecated(place, holder.path(DeprecatedKeyword.NAME));
      default ->
          throw new IllegalStateException(
              "the schema uses the keyword "
                  + error.getKeyword()
                  + ", for which there are no words");
    };
  }

  private Diagnostic deprecated(Place place, JsonNode said) {
    String instead = said.path("instead").asString("");
    Diagnostic diagnostic =
        at(
            DiagnosticCode.DEPRECATED,
            place.head(),
            "expected "
                + (instead.isEmpty() ? "nothing that is deprecated" : "`" + instead + "`")
                + ", found the field "
                + place.name()
                + ", deprecated since "
                + said.path("since").asString(""),
            said.path("why").asString(""));
    return instead.isEmpty() || place.key() == null
        ? diagnostic
        : diagnostic.withFix(new Fix("write `" + instead + "`", place.head(), instead, true));
  }

  private Diagnostic unknownField(Error error, Place place, JsonNode holder) {
    String name = property(error);
    Span span = place.keyOf(name).map(YamlScalar::span).orElse(place.head());
    Optional<String> meant = nearest(error);
    List<String> free = free(place, holder);
    Diagnostic unknown =
        at(
            DiagnosticCode.SCHEMA_UNKNOWN_FIELD,
            span,
            "expected a field of " + name(place, error) + ", found `" + name + "`",
            meant
                .map(nearest -> "did you mean `" + nearest + "`?")
                .orElse(
                    free.isEmpty()
                        ? "remove it; " + name(place, error) + " has no other fields"
                        : "fields that may stand here are " + Words.and(free)));
    return meant.isPresent()
        ? unknown.withFix(new Fix("rename it to `" + meant.get() + "`", span, meant.get(), false))
        : unknown;
  }

  /** How messages call a place: by its key, or by what the schema says that it is. */
  private String name(Place place, Error error) {
    if (place.key() != null || place.isRoot()) {
      return place.name();
    }
    for (int above = 0; above <= 2; above++) {
      String title = schema.holder(error, above).path("title").asString("");
      if (title.startsWith("a ")) {
        return "this " + title.substring(2);
      }
    }
    return place.name();
  }

  /** The field that was meant by an unknown one. */
  Optional<String> nearest(Error error) {
    Place place = Place.at(document, error.getInstanceLocation());
    return Suggestions.nearest(property(error), free(place, schema.holder(error, 0)));
  }

  /** The fields of a schema that a map does not have yet. */
  private static List<String> free(Place place, JsonNode holder) {
    Collection<String> all = holder.path("properties").propertyNames();
    return all.stream().filter(field -> !place.has(field)).toList();
  }

  private Diagnostic missingField(Error error, Place place, String name) {
    return at(
        DiagnosticCode.SCHEMA_MISSING_FIELD,
        place.head(),
        "expected `" + name + "` in " + name(place, error) + ", found none",
        addHint(name, error));
  }

  private Diagnostic missingCompanion(Error error, Place place) {
    String companion = String.valueOf(error.getArguments()[0]);
    String present = property(error);
    Span span = place.keyOf(present).map(YamlScalar::span).orElse(place.head());
    return at(
        DiagnosticCode.SCHEMA_MISSING_FIELD,
        span,
        "expected `" + companion + "` beside `" + present + "`, found none",
        addHint(companion, error));
  }

  private String addHint(String name, Error error) {
    String description = description(name, error);
    if (description.isEmpty()) {
      return "add `" + name + "`";
    }
    String sentence =
        description.endsWith(".")
            ? description.substring(0, description.length() - 1)
            : description;
    return "add `"
        + name
        + "`: "
        + sentence.substring(0, 1).toLowerCase(Locale.ROOT)
        + sentence.substring(1);
  }

  /**
   * What the nearest schema around an error says of a field; a condition stands up to four levels
   * below it.
   */
  private String description(String name, Error error) {
    for (int above = 0; above <= 4; above++) {
      JsonNode field = schema.holder(error, above).path("properties").path(name);
      if (field.has("description")) {
        return field.path("description").stringValue();
      }
    }
    return "";
  }

  private Diagnostic wrongType(Place place, JsonNode holder) {
    YamlNode node = place.node();
    Diagnostic wrong =
        at(
            DiagnosticCode.SCHEMA_WRONG_TYPE,
            Words.underlined(place),
            "expected " + Words.expected(holder) + ", found " + Words.found(node),
            typeHint(node, holder));
    return Mending.ofType(file, node, holder).map(wrong::withFix).orElse(wrong);
  }

  private static @Nullable String typeHint(YamlNode node, JsonNode holder) {
    if (node instanceof YamlScalar scalar && scalar.value().isNull()) {
      return holder.path("type").asString("").equals("object")
          ? "give it a value, remove it, or write `{}` for an empty map"
          : "give it a value, or remove it";
    }
    if (comment(holder) != null) {
      return comment(holder);
    }
    return switch (holder.path("type").asString("")) {
      case "object" -> "write its fields below it, each on a line of its own, indented";
      case "array" ->
          "write its entries below it, each on a line that begins with `-`, or between `[` and `]`";
      case "string" ->
          node instanceof YamlScalar ? "put the value in quotes" : "write it as one text";
      case "number", "integer" -> "write digits only";
      case "boolean" -> "write `true` or `false`";
      default -> null;
    };
  }

  private static @Nullable String comment(JsonNode holder) {
    JsonNode comment = holder.get("$comment");
    return comment == null ? null : comment.stringValue();
  }

  private Diagnostic notAllowed(Place place, List<String> allowed) {
    String expected = allowed.size() == 1 ? Words.or(allowed) : "one of " + Words.or(allowed);
    YamlNode node = place.node();
    Optional<String> meant =
        node instanceof YamlScalar scalar
            ? Suggestions.nearest(scalar.text(), allowed)
            : Optional.empty();
    Diagnostic wrong =
        at(
            DiagnosticCode.SCHEMA_NOT_ALLOWED,
            Words.underlined(place),
            "expected " + expected + ", found " + Words.found(node),
            meant.map(nearest -> "did you mean `" + nearest + "`?").orElse("write " + expected));
    return meant.isPresent()
        ? wrong.withFix(
            new Fix(
                "write `" + meant.get() + "`",
                node.span(),
                meant.get(),
                node instanceof YamlScalar word && word.text().equalsIgnoreCase(meant.get())))
        : wrong;
  }

  private Diagnostic badFormat(Place place, JsonNode holder) {
    Diagnostic bad =
        at(
            DiagnosticCode.SCHEMA_BAD_FORMAT,
            Words.underlined(place),
            "expected " + Words.expected(holder) + ", found " + Words.found(place.node()),
            comment(holder));
    return Mending.ofFormat(place.node(), holder).map(bad::withFix).orElse(bad);
  }

  private static List<String> words(JsonNode array) {
    return array.valueStream().map(word -> word.asString("")).toList();
  }

  private Diagnostic badName(Error error, Place place, JsonNode holder) {
    JsonNode names = schema.resolved(holder.path("propertyNames"));
    Span span = place.keyOf(property(error)).map(YamlScalar::span).orElse(place.head());
    return at(
        DiagnosticCode.SCHEMA_BAD_FORMAT,
        span,
        "expected " + Words.expected(names) + ", found `" + property(error) + "`",
        comment(names));
  }

  private Diagnostic notExactlyOne(Error error, Place place) {
    List<String> choices = choices(error);
    List<String> found = choices.stream().filter(place::has).toList();
    if (found.isEmpty()) {
      return at(
          DiagnosticCode.SCHEMA_EXCLUSIVE,
          place.head(),
          "expected exactly one of "
              + Words.and(choices)
              + " in "
              + name(place, error)
              + ", found none",
          "add the one that says what it does");
    }
    List<Span> spans =
        found.stream()
            .map(name -> place.keyOf(name).orElseThrow().span())
            .sorted(Comparator.comparingInt(Span::start))
            .toList();
    Diagnostic several =
        at(
            DiagnosticCode.SCHEMA_EXCLUSIVE,
            spans.get(1),
            "expected exactly one of "
                + Words.and(choices)
                + " in "
                + name(place, error)
                + ", found "
                + Words.and(found),
            "keep one of them, and write the others as entries of their own");
    return several.withRelated(new Related(file, spans.get(0), "the first of them"));
  }

  /** The fields of which exactly one must be given. */
  List<String> choices(Error error) {
    List<String> names = new ArrayList<>();
    schema
        .holder(error, 0)
        .path("oneOf")
        .forEach(branch -> branch.path("required").forEach(name -> names.add(name.stringValue())));
    return names;
  }

  /** A field that exists, but not together with what else stands there. */
  private Diagnostic refused(Error error, Place place) {
    NodePath path = error.getSchemaLocation().getFragment();
    String name = path.getElement(path.getNameCount() - 2).toString();
    JsonNode variant = schema.holder(error, 2);
    JsonNode variants = schema.holder(error, 4);
    List<String> owners = new ArrayList<>();
    variants.forEach(
        each -> {
          JsonNode then = each.path("then");
          if (then.has("title") && !then.path("properties").has(name)) {
            owners.add(then.path("title").stringValue());
          }
        });
    String owner = variant.path("title").asString("this entry");
    return at(
        DiagnosticCode.SCHEMA_UNKNOWN_FIELD,
        place.head(),
        "expected a field of " + owner + ", found `" + name + "`",
        owners.isEmpty()
            ? "remove one of the two"
            : "it belongs to " + String.join(" or ", owners));
  }

  private Diagnostic at(DiagnosticCode code, Span span, String message, @Nullable String hint) {
    return Diagnostic.of(code, file, span, message, hint);
  }
}
