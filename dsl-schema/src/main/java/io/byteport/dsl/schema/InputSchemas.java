package io.byteport.dsl.schema;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.ActionDescription.Input;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.value.Quantities;
import io.byteport.dsl.value.Value;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What actions are given under {@code with}, as definitions of a document. */
final class InputSchemas {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final ObjectNode definitions;
  private final TypeSchemas types;

  InputSchemas(ObjectNode definitions) {
    this.definitions = definitions;
    this.types = new TypeSchemas(definitions);
  }

  /** The name of the definition that holds an action's inputs. */
  static String definition(ActionDescription action) {
    return "with." + action.name();
  }

  /** Defines the inputs of an action; which of them must be given depends on where it is used. */
  void define(ActionDescription action) {
    ObjectNode inputs = NODES.objectNode();
    describe(inputs, "What `" + action.name() + "` is given. " + action.doc());
    inputs.put("title", "inputs of " + action.name()).put("type", "object");
    ObjectNode properties = inputs.putObject("properties");
    action.inputs().values().forEach(input -> properties.set(input.name(), input(input)));
    inputs.put("additionalProperties", false);
    definitions.set(definition(action), inputs);
  }

  private ObjectNode input(Input input) {
    ObjectNode schema = types.of(input.required() ? input.type().nonNull() : input.type().orNull());
    if (schema.has("$ref")) {
      schema = NODES.objectNode().set("allOf", NODES.arrayNode().add(schema));
    }
    JsonNode given = json(input.defaultValue());
    describe(schema, words(input, given));
    if (given != null) {
      schema.set("default", given);
    }
    return schema;
  }

  private static String words(Input input, @Nullable JsonNode given) {
    StringBuilder words = new StringBuilder("`" + input.type() + "`");
    if (given != null) {
      words.append(", `").append(given.asString()).append("` if left out");
    } else if (input.required()) {
      words.append(", required");
    }
    return input.doc() == null ? words + "." : words + ". " + input.doc();
  }

  static void describe(ObjectNode schema, String text) {
    schema.put("description", text).put("markdownDescription", text);
  }

  /** The inputs that a step or a read must give unless the defaults of the family do. */
  static List<String> required(ActionDescription action) {
    return required(action, input -> true);
  }

  /**
   * The inputs that a watch must give. What is a record ranges over everything where it is left
   * out.
   */
  static List<String> requiredOfWatch(ActionDescription action) {
    return required(action, input -> !(input.type() instanceof RecordType));
  }

  private static List<String> required(ActionDescription action, Predicate<Input> counts) {
    return action.inputs().values().stream()
        .filter(input -> input.required() && input.defaultValue() == null && counts.test(input))
        .map(Input::name)
        .toList();
  }

  /** What may stand under {@code defaults}: the families, and each input that an action has. */
  ObjectNode defaults(Collection<ActionDescription> actions) {
    ObjectNode families = NODES.objectNode();
    families.put("type", "object").put("additionalProperties", false);
    for (ActionDescription action : actions) {
      ObjectNode family = families.withObject("/properties").withObject("/" + action.family());
      family.put("type", "object").put("additionalProperties", false);
      describe(family, "Inputs of every action of the family `" + action.family() + "`.");
      ObjectNode inputs = family.withObject("/properties");
      action.inputs().values().forEach(input -> join(inputs, input));
    }
    return families;
  }

  /** Actions that ask for different types leave only the name. */
  private void join(ObjectNode inputs, Input input) {
    ObjectNode schema = types.of(input.type().orNull());
    JsonNode before = inputs.get(input.name());
    boolean same = before == null || before.equals(schema);
    inputs.set(input.name(), same ? schema : NODES.objectNode());
  }

  private static @Nullable JsonNode json(@Nullable Value value) {
    return value == null ? null : written(value).orElse(null);
  }

  /** A value as it is written in YAML; empty where it is null. */
  private static Optional<JsonNode> written(Value value) {
    return switch (value) {
      case Value.NullValue nothing -> Optional.empty();
      case Value.BooleanValue truth -> Optional.of(NODES.booleanNode(truth.value()));
      case Value.NumberValue number -> Optional.of(number(number.value()));
      case Value.TextValue text -> Optional.of(NODES.stringNode(text.value()));
      case Value.DurationValue duration -> text(Quantities.print(duration.value()));
      case Value.SizeValue size -> text(Quantities.print(size.value()));
      case Value.PercentValue percent -> text(Quantities.print(percent.value()));
      case Value.InstantValue instant -> text(instant.value().toString());
      case Value.ListValue list -> {
        ArrayNode items = NODES.arrayNode();
        list.items().forEach(item -> items.add(written(item).orElse(NODES.nullNode())));
        yield Optional.of(items);
      }
      case Value.StructValue struct -> {
        ObjectNode fields = NODES.objectNode();
        for (Map.Entry<String, Value> field : struct.fields().entrySet()) {
          fields.set(field.getKey(), written(field.getValue()).orElse(NODES.nullNode()));
        }
        yield Optional.of(fields);
      }
    };
  }

  private static Optional<JsonNode> text(String text) {
    return Optional.of(NODES.stringNode(text));
  }

  private static JsonNode number(double number) {
    return number == Math.rint(number) ? NODES.numberNode((long) number) : NODES.numberNode(number);
  }
}
