package io.byteport.dsl.schema;

import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.EnumType;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.MapType;
import io.byteport.dsl.type.Type.NullableType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.Type.SeriesType;
import io.byteport.dsl.type.Type.Special;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The types of inputs as JSON Schema. Wherever a literal may stand, an expression <code>
 * ${...}</code> may too. Records are definitions of the document, made when they are first used.
 */
final class TypeSchemas {
  private static final String EXPRESSION = "\\$\\{[\\s\\S]+\\}";
  private static final String DURATION = "([0-9]+(\\.[0-9]+)?(ms|s|m|h|d))+";
  private static final String SIZE = "[0-9]+(\\.[0-9]+)?(Ki|Mi|Gi|Ti|Pi|k|M|G|T|P|B)";
  private static final String PERCENT = "-?[0-9]+(\\.[0-9]+)?%";
  private static final String NUMBER = "-?[0-9]+(\\.[0-9]+)?";
  private static final String INTEGER = "-?[0-9]+(\\.0+)?";
  private static final String INSTANT =
      "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})";

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final ObjectNode definitions;

  /**
   * @param definitions of the document, where records go
   */
  TypeSchemas(ObjectNode definitions) {
    this.definitions = definitions;
  }

  /** What a value of the type may be in a runbook. */
  ObjectNode of(Type type) {
    return of(type.nonNull(), type instanceof NullableType);
  }

  private ObjectNode of(Type type, boolean nullable) {
    return switch (type) {
      case Scalar scalar -> scalar(scalar, nullable);
      case EnumType words -> words(words, nullable);
      case ListType list -> {
        ObjectNode schema = typed(nullable, "array", "string");
        schema.set("items", of(list.element()));
        yield written(schema, EXPRESSION, "a list");
      }
      case MapType map -> {
        ObjectNode schema = typed(nullable, "object", "string");
        schema.set("additionalProperties", of(map.value()));
        yield written(schema, EXPRESSION, "a map");
      }
      case RecordType record -> record(record, nullable);
      case SeriesType series -> NODES.objectNode();
      case Special special -> NODES.objectNode();
      case NullableType inner -> of(inner.inner(), true);
    };
  }

  private static ObjectNode scalar(Scalar type, boolean nullable) {
    return switch (type) {
      case STRING, REGEX, PATH, DOMAIN -> typed(nullable, "string");
      case NUMBER -> written(typed(nullable, "number", "string"), either(NUMBER), "a number");
      case INTEGER ->
          written(typed(nullable, "integer", "string"), either(INTEGER), "a whole number");
      case BOOLEAN ->
          written(typed(nullable, "boolean", "string"), either("true|false"), "`true` or `false`");
      case DURATION ->
          written(
              typed(nullable, "string"), either(DURATION), "a duration such as `30s` or `1h30m`");
      case SIZE -> written(typed(nullable, "string"), either(SIZE), "a size such as `256Mi`");
      case PERCENT ->
          written(typed(nullable, "string"), either(PERCENT), "a percent such as `80%`");
      case INSTANT ->
          written(
              typed(nullable, "string"),
              either(INSTANT),
              "an instant such as `2026-11-21T03:00:00Z`");
    };
  }

  private static String either(String literal) {
    return EXPRESSION + "|" + literal;
  }

  private static ObjectNode words(EnumType type, boolean nullable) {
    ObjectNode schema = NODES.objectNode();
    ArrayNode choices = schema.putArray("anyOf");
    ArrayNode words = choices.addObject().putArray("enum");
    type.words().forEach(words::add);
    if (nullable) {
      words.addNull();
    }
    written(
        choices.addObject().put("type", "string"), EXPRESSION, "one of " + Words.or(type.words()));
    return schema;
  }

  private ObjectNode record(RecordType type, boolean nullable) {
    String name = "record." + type.name();
    if (!definitions.has(name)) {
      ObjectNode schema = NODES.objectNode();
      definitions.set(name, schema);
      fill(schema, type);
    }
    ObjectNode reference = NODES.objectNode();
    if (!nullable) {
      return reference.put("$ref", Draft07.REFERENCE + name);
    }
    ArrayNode choices = reference.putArray("anyOf");
    choices.addObject().put("$ref", Draft07.REFERENCE + name);
    choices.addObject().put("type", "null");
    return reference;
  }

  private void fill(ObjectNode schema, RecordType type) {
    schema.put("title", type.name());
    types(schema, List.of("object", "string"));
    ObjectNode fields = schema.putObject("properties");
    type.fields().forEach((field, each) -> fields.set(field, of(each.nonNull(), true)));
    List<String> required = type.fields().keySet().stream().filter(type::requires).toList();
    if (!required.isEmpty()) {
      ArrayNode names = schema.putArray("required");
      required.forEach(names::add);
    }
    schema.put("additionalProperties", false);
    if (!type.isInventory()) {
      written(schema, EXPRESSION, "a map of `" + type.name() + "`");
    }
  }

  /** Texts must match the pattern; the words are shown by editors that know how to. */
  private static ObjectNode written(ObjectNode schema, String pattern, String words) {
    return schema
        .put("pattern", "^(" + pattern + ")$")
        .put("patternErrorMessage", "Expected " + words + ", or an expression ${...}.");
  }

  private static ObjectNode typed(boolean nullable, String... types) {
    ObjectNode schema = NODES.objectNode();
    types(
        schema,
        nullable ? Stream.concat(Stream.of(types), Stream.of("null")).toList() : List.of(types));
    return schema;
  }

  private static void types(ObjectNode schema, List<String> types) {
    if (types.size() == 1) {
      schema.put("type", types.getFirst());
    } else {
      ArrayNode all = schema.putArray("type");
      types.forEach(all::add);
    }
  }
}
