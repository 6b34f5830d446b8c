package io.byteport.engine.signal;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.MapType;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.ListValue;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.eval.ValuePrinter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Takes the answer of a read apart into what a detector looks at.
 *
 * <p>A label is the element's field of that name; else the input of that name; else the element's
 * own name, if elements are what the catalogue calls so. A map among them gives all its entries. An
 * element's key is that of its record, else its labels.
 */
final class PolledElements {
  private final ActionCatalogue catalogue;
  private final ActionDescription action;
  private final StructValue with;

  PolledElements(ActionCatalogue catalogue, ActionDescription action, StructValue with) {
    this.catalogue = catalogue;
    this.action = action;
    this.with = with;
  }

  record Element(Value value, Map<String, String> labels) {}

  /** The elements by key; none where nothing was found. */
  Map<String, Element> of(Value answer) {
    Map<String, Element> elements = new LinkedHashMap<>();
    Type type = elementType();
    for (Value value : values(answer)) {
      Map<String, String> labels = labels(value, type);
      elements.put(key(value, type, labels), new Element(value, labels));
    }
    return elements;
  }

  private Optional<String> each() {
    return Optional.ofNullable(action.watch()).flatMap(watch -> Optional.ofNullable(watch.each()));
  }

  private Type elementType() {
    if (each().isEmpty()) {
      return action.output().nonNull();
    }
    return action.output().nonNull() instanceof RecordType output
            && output.field(each().get()).map(Type::nonNull).orElse(Type.Special.ANY)
                instanceof ListType list
        ? list.element().nonNull()
        : Type.Special.ANY;
  }

  private List<Value> values(Value answer) {
    if (answer.isNull()) {
      return List.of();
    }
    if (each().isEmpty()) {
      return List.of(answer);
    }
    return answer instanceof StructValue struct
            && struct.get(each().get()) instanceof ListValue list
        ? list.items()
        : List.of();
  }

  private Map<String, String> labels(Value element, Type type) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String label : action.watch() == null ? List.<String>of() : action.watch().labels()) {
      Value value = label(label, element, type);
      if (value instanceof StructValue struct && field(type, label) instanceof MapType) {
        struct.fields().forEach((name, entry) -> put(labels, name, entry));
      } else {
        put(labels, label, value);
      }
    }
    // what the watch ranges over is part of the signal
    with.fields()
        .forEach(
            (name, value) -> {
              if (value instanceof StructValue) {
                labels.putIfAbsent(name, text(value));
              }
            });
    return labels;
  }

  private Value label(String label, Value element, Type type) {
    if (!(element instanceof StructValue struct)) {
      return with.get(label);
    }
    Value own = struct.get(label);
    if (!own.isNull()) {
      return own;
    }
    if (!with.get(label).isNull()) {
      return with.get(label);
    }
    return type instanceof RecordType record && isCalled(record, label)
        ? struct.get("name")
        : Value.NULL;
  }

  private boolean isCalled(RecordType record, String label) {
    RecordType target = catalogue.targets().get(label);
    RecordType entry = catalogue.inventory().get(label);
    return (target != null && record.is(target)) || (entry != null && record.is(entry));
  }

  private static Type field(Type type, String name) {
    return type instanceof RecordType record
        ? record.field(name).orElse(Type.Special.ANY).nonNull()
        : Type.Special.ANY;
  }

  private static void put(Map<String, String> labels, String name, Value value) {
    if (!value.isNull()) {
      labels.putIfAbsent(name, text(value));
    }
  }

  private String key(Value element, Type type, Map<String, String> labels) {
    if (type instanceof RecordType record
        && element instanceof StructValue struct
        && !record.declaredKey().isEmpty()) {
      String own =
          record.declaredKey().stream()
              .map(struct::get)
              .filter(value -> !value.isNull())
              .map(PolledElements::text)
              .collect(Collectors.joining("/"));
      String range =
          with.fields().values().stream()
              .filter(StructValue.class::isInstance)
              .map(value -> text(value) + "/")
              .collect(Collectors.joining());
      return range + own;
    }
    return labels.entrySet().stream()
        .map(label -> label.getKey() + "=" + label.getValue())
        .sorted()
        .collect(Collectors.joining(","));
  }

  /** A reference by its name, anything else as it prints. */
  static String text(Value value) {
    return value instanceof StructValue struct && !struct.get("name").isNull()
        ? ValuePrinter.print(struct.get("name"), Type.Scalar.STRING)
        : ValuePrinter.print(value, Type.Special.ANY);
  }
}
