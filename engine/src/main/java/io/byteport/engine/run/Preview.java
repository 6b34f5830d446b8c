package io.byteport.engine.run;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.value.Value;
import io.byteport.engine.eval.ValuePrinter;

/** The command of an action of which not every input is known yet: what is not known stays in braces. */
final class Preview {
  private Preview() {}

  static String of(ActionDescription action, Inputs inputs) {
    String text = action.preview();
    for (ActionDescription.Input declared : action.inputs().values()) {
      Value value = inputs.input().fields().get(declared.name());
      if (value != null) {
        text = text.replace("{" + declared.name() + "}", print(value, declared.type()));
      }
    }
    return text.isEmpty() ? action.name() : text;
  }

  private static String print(Value value, Type type) {
    return ShellWords.quote(ValuePrinter.print(value, type));
  }
}
