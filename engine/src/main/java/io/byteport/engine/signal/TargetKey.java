package io.byteport.engine.signal;

import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.dsl.value.Value.TextValue;
import io.byteport.engine.eval.ValuePrinter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a target's key as text: its type, then the identifying fields with slashes between them,
 * such as {@code pod/production/api-1}.
 *
 * <p>A field that always is what the type says (the kind of a pod) is left out, and so is a
 * reference in front that is null (no cluster). Any other null is {@code -}. Two targets never have
 * the same text: a slash or percent sign within a field is written {@code %2F} or {@code %25},
 * except in a path at the end.
 */
final class TargetKey {
  private TargetKey() {}

  /** The fields that identify a target of this type. */
  static List<String> fields(RecordType type) {
    return type.declaredKey().isEmpty() && type.fields().containsKey("name")
        ? List.of("name")
        : type.key();
  }

  static String of(String kind, RecordType type, StructValue target, InventoryEntries entries) {
    List<String> key =
        fields(type).stream()
            .filter(name -> !target.get(name).equals(type.defaults().get(name)))
            .toList();
    if (!key.isEmpty()
        && target.get(key.getFirst()).isNull()
        && entries.isKind(type.field(key.getFirst()).orElse(Type.Special.ANY))) {
      key = key.subList(1, key.size());
    }
    String last = key.isEmpty() ? "" : key.getLast();
    return Stream.concat(
            Stream.of(kind),
            key.stream()
                .map(
                    name ->
                        part(
                            target.get(name),
                            type.field(name).orElse(Type.Special.ANY),
                            name.equals(last))))
        .collect(Collectors.joining("/"));
  }

  private static String part(Value value, Type type, boolean last) {
    if (value.isNull()) {
      return "-";
    }
    if (value instanceof StructValue struct && type.nonNull() instanceof RecordType record) {
      return part(struct.get(InventoryEntries.nameField(record)), Type.Scalar.STRING, last);
    }
    String text =
        value instanceof TextValue plain ? plain.value() : ValuePrinter.print(value, type);
    if (last && type.nonNull() == Type.Scalar.PATH) {
      return text.startsWith("/") ? text.substring(1) : "./" + text;
    }
    String escaped = text.replace("%", "%25").replace("/", "%2F");
    return escaped.equals("-") ? "%2D" : escaped;
  }
}
