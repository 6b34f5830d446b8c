package io.byteport.dsl.check;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.ActionDescription.Input;
import io.byteport.dsl.model.Runbook.ActionUse;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.TypeNotation;
import io.byteport.dsl.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What literal inputs decide about outputs. Equal literals make the same type, so that two uses of
 * an action can stand for each other.
 */
final class LiteralInputs {
  private record Given(String action, Map<String, Value> literals) {}

  private final ActionCatalogue catalogue;
  private final Map<Given, Type> types = new HashMap<>();

  LiteralInputs(ActionCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** What an action returns where it is used like this, null aside. */
  Type output(ActionDescription action, ActionUse use, Map<String, ValueExpr.Entry> defaults) {
    if (action.template() == null) {
      return action.output();
    }
    Map<String, Value> literals = new LinkedHashMap<>();
    for (Input input : action.inputs().values()) {
      ValueExpr.Entry entry = use.with().getOrDefault(input.name(), defaults.get(input.name()));
      Value value = entry == null ? input.defaultValue() : constant(entry.value()).orElse(null);
      if (input.policy().literal() && value != null) {
        literals.put(input.name(), value);
      }
    }
    return types.computeIfAbsent(
        new Given(action.name(), literals), given -> action.output(literals, this::type));
  }

  /** The type that a text denotes; UNKNOWN where it is none. */
  private Type type(String text) {
    return parsed(text).type();
  }

  private TypeNotation.Parsed parsed(String text) {
    return TypeNotation.parse(text, name -> Optional.ofNullable(named(name)));
  }

  private @Nullable Type named(String name) {
    RecordType type = catalogue.types().get(name);
    return type == null ? catalogue.inventory().get(name) : type;
  }

  /** Whether an input gives columns their types. */
  static boolean holdsTypes(ActionDescription action, Input input) {
    return action.template() != null
        && input.type() instanceof Type.MapType
        && action.template().inputs().values().stream()
            .anyMatch(one -> one.name().equals(input.name()));
  }

  /** What is wrong with a text as a type; empty where nothing is. */
  Optional<TypeNotation.Problem> problem(String text) {
    return parsed(text).problems().stream().findFirst();
  }

  /** The value of what is written without any interpolation. */
  static Optional<Value> constant(ValueExpr value) {
    return switch (value) {
      case ValueExpr.Constant constant -> Optional.of(constant.value());
      case ValueExpr.Single single -> Optional.empty();
      case ValueExpr.Interpolated text -> Optional.empty();
      case ValueExpr.ListOf list -> {
        List<Value> items = new ArrayList<>();
        list.items().forEach(item -> constant(item).ifPresent(items::add));
        yield items.size() == list.items().size() ? Optional.of(Value.of(items)) : Optional.empty();
      }
      case ValueExpr.MapOf map -> {
        Map<String, Value> fields = new LinkedHashMap<>();
        map.entries()
            .forEach(
                (name, entry) -> constant(entry.value()).ifPresent(item -> fields.put(name, item)));
        yield fields.size() == map.entries().size()
            ? Optional.of(Value.of(fields))
            : Optional.empty();
      }
    };
  }
}
