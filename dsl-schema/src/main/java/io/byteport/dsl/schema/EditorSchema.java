package io.byteport.dsl.schema;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.ActionDescription.Effect;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A schema for editors that know YAML and JSON Schema but not BytePort: draft-07, and in runbooks
 * with the actions of a catalogue and the types of their inputs. It says less than a validation
 * does (names, data flow and the insides of expressions are beyond it) and does not refuse what a
 * validation accepts.
 */
public final class EditorSchema {
  private static final String READ = "read";
  private static final String STEP = "step";
  private static final String DETECTOR = "detector";

  private final ObjectNode root;
  private final ObjectNode definitions;
  private final ActionCatalogue catalogue;

  private EditorSchema(ObjectNode root, ActionCatalogue catalogue) {
    this.root = root;
    this.definitions = root.withObject("/" + Draft07.DEFINITIONS);
    this.catalogue = catalogue;
  }

  /**
   * The schema of documents of a kind. Reads a resource of this module; the result is the caller's.
   *
   * @param catalogue the actions that runbooks may use
   */
  public static JsonNode of(DocumentKind kind, ActionCatalogue catalogue) {
    ObjectNode root = Draft07.of(LoadedSchema.read(kind));
    if (kind == DocumentKind.RUNBOOK || kind == DocumentKind.LIBRARY) {
      new EditorSchema(root, catalogue).type();
    } else if (root.at("/" + Draft07.DEFINITIONS + "/given").isObject()) {
      RowPlaceholders.allow(root);
    }
    return root;
  }

  /** Puts actions and the types of their inputs where a runbook uses them. */
  private void type() {
    DefaultsSplit.split(root, Set.of(READ, STEP));
    InputSchemas inputs = new InputSchemas(definitions);
    catalogue.actions().forEach(inputs::define);
    uses(READ, InputSchemas::required);
    uses(READ + DefaultsSplit.SUFFIX, action -> List.of());
    steps(STEP, InputSchemas::required);
    steps(STEP + DefaultsSplit.SUFFIX, action -> List.of());
    use(DETECTOR, "watch", actions(EditorSchema::watchable), InputSchemas::requiredOfWatch);
    ObjectNode properties = root.withObject("/properties");
    ObjectNode defaults = inputs.defaults(catalogue.actions());
    defaults
        .withObject("/properties")
        .set("include", properties.at("/defaults/properties/include").deepCopy());
    InputSchemas.describe(defaults, properties.at("/defaults/description").asString());
    properties.set("defaults", defaults);
    targets(properties.withObject("/target/properties/type"));
  }

  private void uses(String definition, Function<ActionDescription, List<String>> required) {
    use(definition, "uses", actions(action -> action.effect() == Effect.READ), required);
  }

  private void steps(String definition, Function<ActionDescription, List<String>> required) {
    use(definition, "uses", actions(action -> true), required);
    use(definition, "propose", actions(action -> action.effect() != Effect.READ), required);
  }

  private static boolean watchable(ActionDescription action) {
    return action.effect() == Effect.READ && action.watch() != null;
  }

  private List<ActionDescription> actions(Predicate<ActionDescription> allowed) {
    return catalogue.actions().stream().filter(allowed).toList();
  }

  /**
   * Makes a field of a definition name one of some actions, and {@code with} beside it what that
   * action takes.
   */
  private void use(
      String definition,
      String field,
      List<ActionDescription> actions,
      Function<ActionDescription, List<String>> required) {
    ObjectNode place = (ObjectNode) definitions.get(definition);
    ObjectNode name = place.withObject("/properties").withObject("/" + field);
    name.remove("$ref");
    ArrayNode names = name.putArray("enum");
    ArrayNode docs = name.putArray("markdownEnumDescriptions");
    ArrayNode cases = place.withArray("/allOf");
    for (ActionDescription action : actions) {
      names.add(action.name());
      docs.add(action.doc());
      ObjectNode condition = cases.addObject();
      ObjectNode when = condition.putObject("if");
      when.putObject("properties").putObject(field).put("const", action.name());
      when.putArray("required").add(field);
      ObjectNode then = condition.putObject("then");
      ArrayNode parts = then.putObject("properties").putObject("with").putArray("allOf");
      parts.addObject().put("$ref", Draft07.REFERENCE + InputSchemas.definition(action));
      List<String> needed = required.apply(action);
      if (!needed.isEmpty()) {
        ArrayNode all = parts.addObject().putArray("required");
        needed.forEach(all::add);
        then.putArray("required").add("with");
      }
    }
  }

  private void targets(ObjectNode type) {
    Set<String> names = new TreeSet<>(catalogue.targets().keySet());
    names.addAll(catalogue.inventory().keySet());
    type.remove("$ref");
    ArrayNode words = type.putArray("enum");
    names.forEach(words::add);
  }
}
