package io.byteport.dsl.action;

import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.EnumType;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.MapType;
import io.byteport.dsl.type.Type.NullableType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.Type.SeriesType;
import io.byteport.dsl.type.Type.Special;
import io.byteport.dsl.type.TypeNotation;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.ListValue;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.dsl.value.Value.TextValue;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The type of an output some of whose parts are decided by literal inputs: the words that a list
 * names, the columns that a map of types describes, the unit that an enum chooses.
 *
 * @param type the output with a placeholder in each such place
 * @param inputs by placeholder, the input that decides about it
 */
public record OutputTemplate(Type type, Map<RecordType, ActionDescription.Input> inputs) {

  public OutputTemplate {
    inputs = Map.copyOf(inputs);
  }

  /** A template with those of the placeholders that stand in its type. */
  static OutputTemplate of(Type type, Map<RecordType, ActionDescription.Input> placeholders) {
    Map<RecordType, ActionDescription.Input> used = new IdentityHashMap<>();
    OutputTemplate all = new OutputTemplate(type, placeholders);
    all.replaced(
        type,
        placeholder -> {
          used.put((RecordType) placeholder, all.decider(placeholder));
          return placeholder;
        });
    return new OutputTemplate(type, used);
  }

  /** The type whatever the inputs. */
  Type general() {
    return replaced(
        type,
        placeholder ->
            switch (decider(placeholder).type()) {
              case ListType words -> Scalar.STRING;
              case MapType columns -> new MapType(Special.ANY);
              default -> Special.ANY;
            });
  }

  /**
   * The type for these inputs; general where one of them is missing.
   *
   * @param types the type that a text denotes
   */
  Type given(Map<String, Value> literals, Function<String, Type> types) {
    return inputs.values().stream().allMatch(input -> literals.containsKey(input.name()))
        ? replaced(
            type,
            placeholder ->
                decided(literals.getOrDefault(decider(placeholder).name(), Value.NULL), types))
        : general();
  }

  private ActionDescription.Input decider(Type placeholder) {
    return Objects.requireNonNull(inputs.get(placeholder));
  }

  private static Type decided(Value value, Function<String, Type> types) {
    return switch (value) {
      case ListValue words ->
          new EnumType(
              words.items().stream()
                  .filter(TextValue.class::isInstance)
                  .map(word -> ((TextValue) word).value())
                  .toList());
      case StructValue columns -> {
        Map<String, Type> fields = new LinkedHashMap<>();
        columns
            .fields()
            .forEach(
                (name, word) ->
                    fields.put(
                        name,
                        word instanceof TextValue text
                            ? types.apply(text.value())
                            : Special.UNKNOWN));
        yield RecordType.of("row", fields);
      }
      case TextValue unit -> TypeNotation.builtIn(unit.value()).orElse(Special.UNKNOWN);
      default -> Special.UNKNOWN;
    };
  }

  private Type replaced(Type in, UnaryOperator<Type> by) {
    return switch (in) {
      case RecordType record when inputs.containsKey(record) -> by.apply(record);
      case RecordType record when record.equals(type) || isOpen(record) -> {
        Map<String, Type> fields = new LinkedHashMap<>();
        record.fields().forEach((name, field) -> fields.put(name, replaced(field, by)));
        yield new RecordType(record.name())
            .complete(
                fields, record.parents(), record.declaredKey(), record.defaults(), record.notes());
      }
      case RecordType record -> record;
      case ListType list -> new ListType(replaced(list.element(), by));
      case MapType map -> new MapType(replaced(map.value(), by));
      case SeriesType series -> new SeriesType(replaced(series.value(), by));
      case NullableType nullable -> replaced(nullable.inner(), by).orNull();
      case Scalar scalar -> scalar;
      case EnumType words -> words;
      case Special special -> special;
    };
  }

  /**
   * Whether a placeholder stands in the record itself. Only a record that an output writes out in
   * place can hold one; declared types know none.
   */
  private boolean isOpen(RecordType record) {
    return record.fields().values().stream().anyMatch(this::isOpen);
  }

  private boolean isOpen(Type field) {
    return switch (field) {
      case RecordType record when inputs.containsKey(record) -> true;
      case ListType list -> isOpen(list.element());
      case MapType map -> isOpen(map.value());
      case SeriesType series -> isOpen(series.value());
      case NullableType nullable -> isOpen(nullable.inner());
      case RecordType record -> false;
      case Scalar scalar -> false;
      case EnumType words -> false;
      case Special special -> false;
    };
  }

  /** The inputs that may decide about an output, by how the output names them. */
  static Map<String, ActionDescription.Input> deciding(Collection<ActionDescription.Input> inputs) {
    Map<String, ActionDescription.Input> deciding = new LinkedHashMap<>();
    for (ActionDescription.Input input : inputs) {
      if (input.policy().literal()) {
        boolean words = input.type() instanceof ListType;
        deciding.put(words ? "one of " + input.name() : input.name(), input);
      }
    }
    return deciding;
  }
}
