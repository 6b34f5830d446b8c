package io.byteport.engine.signal;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.type.LiteralCoercion.Fits;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.TextCoercion;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.MapType;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.ListValue;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.dsl.value.Value.TextValue;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Inventory.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The entries of the inventory as values of the catalogue's records. A name or an alias selects
 * one; of its settings only what the record declares can be seen.
 */
final class InventoryEntries {
  /** How far an entry's references to other entries are followed. */
  private static final int DEEPEST = 4;

  private final Inventory inventory;
  private final ActionCatalogue catalogue;

  InventoryEntries(Inventory inventory, ActionCatalogue catalogue) {
    this.inventory = inventory;
    this.catalogue = catalogue;
  }

  /** The word for a kind of entries, such as {@code host}; the record's name where it is none. */
  String kind(RecordType type) {
    return catalogue.inventory().entrySet().stream()
        .filter(entry -> entry.getValue() == type)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(type.name());
  }

  /** Whether values of a type are entries of the inventory. */
  boolean isKind(Type type) {
    return type.nonNull() instanceof RecordType record
        && (record.isInventory() || catalogue.inventory().containsValue(record));
  }

  /** All entries of a kind, in order. */
  List<Entry> all(RecordType type) {
    return inventory.of(kind(type));
  }

  /** The entry of that name, else of that alias. */
  Optional<StructValue> find(RecordType type, String name) {
    return entry(type, name).map(entry -> record(type, entry, 0));
  }

  /** An entry as a value. */
  StructValue value(RecordType type, Entry entry) {
    return record(type, entry, 0);
  }

  /** A reference to an entry of which no more than the name is known. */
  static StructValue named(RecordType type, String name) {
    return Value.of(Map.of(nameField(type), Value.of(name)));
  }

  /** The field that holds an entry's name. */
  static String nameField(RecordType type) {
    return type.declaredKey().isEmpty() ? "name" : type.declaredKey().getFirst();
  }

  /**
   * The same value with every name of an entry, or record that says no more than the name, replaced
   * by the entry; by a reference where the inventory does not know it.
   */
  Value resolved(Value value, Type type) {
    Type wanted = type.nonNull();
    return switch (value) {
      case TextValue text when wanted instanceof RecordType record && isKind(record) ->
          find(record, text.value()).orElseGet(() -> named(record, text.value()));
      case ListValue list when wanted instanceof ListType of ->
          Value.of(list.items().stream().map(item -> resolved(item, of.element())).toList());
      case StructValue struct
          when wanted instanceof RecordType record
              && isKind(record)
              && isOnlyNamed(struct, record) ->
          find(record, nameOf(struct, record)).orElse(struct);
      case StructValue struct when wanted instanceof RecordType record -> {
        Map<String, Value> fields = new LinkedHashMap<>();
        struct
            .fields()
            .forEach(
                (name, field) ->
                    fields.put(
                        name, record.field(name).map(of -> resolved(field, of)).orElse(field)));
        yield Value.of(fields);
      }
      case StructValue struct when wanted instanceof MapType map -> {
        Map<String, Value> fields = new LinkedHashMap<>();
        struct.fields().forEach((name, field) -> fields.put(name, resolved(field, map.value())));
        yield Value.of(fields);
      }
      default -> value;
    };
  }

  private static boolean isOnlyNamed(StructValue struct, RecordType type) {
    return struct.fields().size() == 1 && struct.get(nameField(type)) instanceof TextValue;
  }

  private static String nameOf(StructValue struct, RecordType type) {
    return struct.get(nameField(type)) instanceof TextValue name ? name.value() : "";
  }

  private Optional<Entry> entry(RecordType type, String name) {
    return inventory.find(kind(type), name);
  }

  private StructValue record(RecordType type, Entry entry, int depth) {
    Map<String, Value> fields = new LinkedHashMap<>();
    type.fields()
        .forEach((name, field) -> fields.put(name, field(type, name, field, entry, depth)));
    fields.put(nameField(type), Value.of(entry.name()));
    return Value.of(fields);
  }

  private Value field(RecordType type, String name, Type fieldType, Entry entry, int depth) {
    Type wanted = fieldType.nonNull();
    Value setting = entry.settings().get(name);
    if (wanted instanceof MapType && name.equals("labels")) {
      return texts(entry.labels());
    }
    if (wanted instanceof MapType && name.equals("annotations")) {
      return texts(entry.annotations());
    }
    if (wanted instanceof ListType && name.equals("aliases")) {
      return Value.of(entry.aliases().stream().map(Value::of).toList());
    }
    if (setting == null) {
      return nothing(type, name, wanted);
    }
    return switch (setting) {
      case TextValue text when wanted instanceof RecordType other && isKind(other) ->
          reference(other, text.value(), depth);
      case TextValue text -> coerced(text, wanted);
      case ListValue list when wanted instanceof ListType of ->
          Value.of(
              list.items().stream()
                  .map(item -> item instanceof TextValue text ? coerced(text, of.element()) : item)
                  .toList());
      default -> setting;
    };
  }

  private static Value coerced(TextValue text, Type wanted) {
    return TextCoercion.coerce(text.value(), wanted) instanceof Fits fits
        ? fits.value()
        : Value.NULL;
  }

  private Value reference(RecordType type, String name, int depth) {
    return entry(type, name)
        .filter(entry -> depth < DEEPEST)
        .map(entry -> record(type, entry, depth + 1))
        .orElseGet(() -> named(type, name));
  }

  private static Value nothing(RecordType type, String name, Type wanted) {
    Value preset = type.defaults().get(name);
    if (preset != null) {
      return preset;
    }
    if (wanted instanceof ListType) {
      return ListValue.EMPTY;
    }
    return wanted instanceof MapType ? StructValue.EMPTY : Value.NULL;
  }

  private static StructValue texts(Map<String, String> texts) {
    Map<String, Value> fields = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(texts.keySet());
    names.sort(null);
    names.forEach(name -> fields.put(name, Value.of(texts.getOrDefault(name, ""))));
    return Value.of(fields);
  }
}
