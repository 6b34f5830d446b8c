package io.byteport.engine.run;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.eval.ValuePrinter;
import java.util.Map;

/**
 * The command of an action of which not every input is known yet: what is not known stays in
 * braces.
 */
public final class Preview {
  private Preview() {}

  /**
   * @param input what is known of its inputs
   */
  public static String of(ActionDescription action, StructValue input) {
    String text = action.preview();
    for (ActionDescription.Input declared : action.inputs().values()) {
      Value value = input.fields().get(declared.name());
      if (value != null) {
        text = text.replace("{" + declared.name() + "}", print(value, declared.type()));
      }
      if (value instanceof StructValue struct) {
        for (Map.Entry<String, Value> field : struct.fields().entrySet()) {
          text =
              text.replace("{" + field.getKey() + "}", print(field.getValue(), Type.Special.ANY));
        }
      }
    }
    return text.isEmpty() ? action.name() : text;
  }

  private static String print(Value value, Type type) {
    return ShellWords.quote(ValuePrinter.print(value, type));
  }
}
