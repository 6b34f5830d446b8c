package io.byteport.cli.console;

import io.byteport.cli.story.Brief;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.ListValue;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.dsl.value.Value.TextValue;

/** A value over several lines, fields and items under each other. */
final class ValueText {
  private static final int LINE = 400;

  private final StringBuilder out = new StringBuilder();
  private final int most;

  private ValueText(int most) {
    this.most = most;
  }

  /**
   * @param most characters; what is left out is said by {@code …}
   */
  static String of(Value value, int most) {
    ValueText text = new ValueText(most);
    text.write(value, 0);
    return Brief.cut(text.out.toString().strip(), most);
  }

  private void write(Value value, int indent) {
    if (out.length() > most) {
      return;
    }
    switch (value) {
      case StructValue struct ->
          struct
              .fields()
              .forEach(
                  (name, field) -> {
                    if (!field.isNull()) {
                      line(indent, name + ":", field);
                    }
                  });
      case ListValue list -> list.items().forEach(item -> line(indent, "-", item));
      case TextValue text -> out.append(text.value()).append('\n');
      default -> out.append(Brief.of(value, LINE)).append('\n');
    }
  }

  private void line(int indent, String label, Value value) {
    if (out.length() > most) {
      return;
    }
    out.append(" ".repeat(indent)).append(label);
    if (isPlain(value)) {
      out.append(' ').append(Brief.of(value, LINE)).append('\n');
    } else {
      out.append('\n');
      write(value, indent + 2);
    }
  }

  private static boolean isPlain(Value value) {
    return switch (value) {
      case StructValue struct -> struct.fields().isEmpty();
      case ListValue list -> list.items().isEmpty();
      case TextValue text -> text.value().indexOf('\n') < 0;
      default -> true;
    };
  }
}
