package io.byteport.dsl.type;

import io.byteport.dsl.value.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A named record with typed fields. Records may refer to themselves, so the fields are set once
 * after construction, by whoever makes the type, before anybody else sees it; from then on it is
 * immutable. Two record types are the same when they are the same object.
 *
 * <p>A record that {@linkplain #parents() is} another can stand wherever that other is expected.
 * Its {@linkplain #key() key} names the fields that identify what it describes: records compare by
 * it, and locks and limits count by it.
 */
public final class RecordType implements Type {
  private final String name;
  private final boolean inventory;
  private Map<String, Type> fields = Map.of();
  private List<RecordType> parents = List.of();
  private List<String> key = List.of();
  private Map<String, Value> defaults = Map.of();
  private Map<String, FieldNote> notes = Map.of();

  public RecordType(String name) {
    this(name, false);
  }

  private RecordType(String name, boolean inventory) {
    this.name = name;
    this.inventory = inventory;
  }

  /** A type of entries of the agent's inventory, which a text selects by name or alias. */
  public static RecordType inventory(String name) {
    return new RecordType(name, true);
  }

  /**
   * Sets everything but the name, once. Inherited fields come first and are part of {@code fields}
   * already.
   */
  public RecordType complete(Map<String, Type> fields, List<RecordType> parents, List<String> key) {
    return complete(fields, parents, key, Map.of());
  }

  /**
   * Sets everything but the name, once.
   *
   * @param fields all fields, the inherited ones first
   * @param defaults what stands for a field that is not given
   */
  public RecordType complete(
      Map<String, Type> fields,
      List<RecordType> parents,
      List<String> key,
      Map<String, Value> defaults) {
    return complete(fields, parents, key, defaults, Map.of());
  }

  /**
   * Sets everything but the name, once.
   *
   * @param fields all fields, the inherited ones first
   * @param defaults what stands for a field that is not given
   * @param notes what is said about single fields beside their types
   */
  public RecordType complete(
      Map<String, Type> fields,
      List<RecordType> parents,
      List<String> key,
      Map<String, Value> defaults,
      Map<String, FieldNote> notes) {
    if (!this.fields.isEmpty()) {
      throw new IllegalStateException(name + " is complete already");
    }
    this.fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    this.parents = List.copyOf(parents);
    this.key = List.copyOf(key);
    this.defaults = Collections.unmodifiableMap(new LinkedHashMap<>(defaults));
    this.notes = Map.copyOf(notes);
    return this;
  }

  public static RecordType of(String name, Map<String, Type> fields) {
    return new RecordType(name).complete(fields, List.of(), List.of());
  }

  public String name() {
    return name;
  }

  /**
   * Whether its values are entries of the inventory, so that a text stands for the entry of that
   * name.
   */
  public boolean isInventory() {
    return inventory;
  }

  /** All fields, inherited ones included, in declared order. */
  public Map<String, Type> fields() {
    return fields;
  }

  public Optional<Type> field(String field) {
    return Optional.ofNullable(fields.get(field));
  }

  /** What stands for a field that is not given, such as the kind of a reference to a pod. */
  public Map<String, Value> defaults() {
    return defaults;
  }

  /** What is said about a field beside its type. */
  public FieldNote note(String field) {
    return notes.getOrDefault(field, FieldNote.NONE);
  }

  /** The fields about which something is said. */
  public Map<String, FieldNote> notes() {
    return notes;
  }

  /** Whether a value must give this field: it has no default and may not be null. */
  public boolean requires(String field) {
    Type type = fields.get(field);
    return type != null && !type.mayBeNull() && !defaults.containsKey(field);
  }

  public List<RecordType> parents() {
    return parents;
  }

  /** The identifying fields in order; all fields where none are declared. */
  public List<String> key() {
    return key.isEmpty() ? List.copyOf(fields.keySet()) : key;
  }

  /** The identifying fields as declared, none where none are. */
  public List<String> declaredKey() {
    return key;
  }

  /** Whether this record is that one or takes over its fields. */
  public boolean is(RecordType other) {
    return this == other || parents.stream().anyMatch(parent -> parent.is(other));
  }

  @Override
  public String toString() {
    return name;
  }
}
