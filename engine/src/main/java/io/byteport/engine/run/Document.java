package io.byteport.engine.run;

import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.value.Value;
import io.byteport.engine.eval.ValuePrinter;
import java.util.List;
import java.util.Map;

/**
 * A value as a document that people read: entries and items on lines of their own, text as it is.
 */
final class Document {
  private Document() {}

  static String of(Value value, Type type) {
    StringBuilder out = new StringBuilder();
    add(value, type.nonNull(), 0, out);
    return out.toString().strip();
  }

  private static void add(Value value, Type type, int depth, StringBuilder out) {
    switch (value) {
      case Value.StructValue struct when !struct.fields().isEmpty() -> {
        for (Map.Entry<String, Value> field : struct.fields().entrySet()) {
          if (!field.getValue().isNull()) {
            entry(
                "  ".repeat(depth) + field.getKey() + ":",
                field.getValue(),
                field(type, field.getKey()),
                depth,
                out);
          }
        }
      }
      case Value.ListValue list when !list.items().isEmpty() -> {
        Type element = type instanceof Type.ListType of ? of.element().nonNull() : Type.Special.ANY;
        for (Value item : list.items()) {
          entry("  ".repeat(depth) + "-", item, element, depth, out);
        }
      }
      case Value.StructValue empty -> out.append("-");
      case Value.ListValue empty -> out.append("-");
      default -> out.append(ValuePrinter.print(value, type));
    }
  }

  private static void entry(String head, Value value, Type type, int depth, StringBuilder out) {
    out.append(head);
    if (isDeep(value)) {
      out.append('\n');
      add(value, type, depth + 1, out);
    } else {
      List<String> lines = ValuePrinter.print(value, type).lines().toList();
      if (lines.size() <= 1) {
        out.append(' ').append(lines.isEmpty() ? "" : lines.get(0)).append('\n');
      } else {
        out.append('\n');
        lines.forEach(line -> out.append("  ".repeat(depth + 1)).append(line).append('\n'));
      }
    }
  }

  private static boolean isDeep(Value value) {
    return switch (value) {
      case Value.StructValue struct -> !struct.fields().isEmpty();
      case Value.ListValue list -> !list.items().isEmpty();
      default -> false;
    };
  }

  private static Type field(Type type, String name) {
    return switch (type) {
      case RecordType record -> record.fields().getOrDefault(name, Type.Special.ANY).nonNull();
      case Type.MapType map -> map.value().nonNull();
      default -> Type.Special.ANY;
    };
  }
}
