package io.byteport.engine.run;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.ListValue;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.eval.Cause;
import io.byteport.engine.eval.Evaluation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an action is given: its {@code with}, then the defaults of its family, then its own.
 *
 * @param input every input that is known and not null
 * @param undecided why something cannot be known; empty where all is
 * @param missing required inputs that are null
 * @param refused why the action must not get what is there; empty where it may
 */
record Inputs(
    StructValue input, List<Cause> undecided, List<String> missing, List<String> refused) {

  Inputs {
    undecided = List.copyOf(undecided);
    missing = List.copyOf(missing);
    refused = List.copyOf(refused);
  }

  static Inputs of(
      Runbook runbook,
      Runbook.ActionUse use,
      ActionDescription action,
      Expressions expressions,
      Locals locals) {
    Map<String, ValueExpr.Entry> defaults =
        runbook.defaults().getOrDefault(action.family(), Map.of());
    Map<String, Value> input = new LinkedHashMap<>();
    Map<String, ValueExpr> given = new LinkedHashMap<>();
    List<Cause> undecided = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (ActionDescription.Input declared : action.inputs().values()) {
      ValueExpr.Entry entry =
          use.with().getOrDefault(declared.name(), defaults.get(declared.name()));
      Evaluation evaluation =
          entry == null ? Evaluation.of(Value.NULL) : expressions.value(entry.value(), locals);
      switch (evaluation) {
        case Evaluation.Undecided not -> undecided.addAll(not.causes());
        case Evaluation.Known known -> {
          // null that is written unsets a default of the family, not the action's own
          Value value = known.value().isNull() ? ownDefault(declared) : known.value();
          if (!value.isNull()) {
            input.put(declared.name(), projected(value, declared.type()));
            if (entry != null && !known.value().isNull()) {
              given.put(declared.name(), entry.value());
            }
          } else if (declared.required()) {
            missing.add(declared.name());
          }
        }
      }
    }
    List<String> refused = new InputWall(expressions, given, input).refusals(action);
    return new Inputs(Value.of(input), undecided, missing, refused);
  }

  private static Value ownDefault(ActionDescription.Input declared) {
    Value value = declared.defaultValue();
    return value == null ? Value.NULL : value;
  }

  boolean complete() {
    return undecided.isEmpty() && missing.isEmpty() && refused.isEmpty();
  }

  /** Why it is not complete, in a sentence. */
  String why() {
    if (!refused.isEmpty()) {
      return refused.getFirst();
    }
    return undecided.isEmpty()
        ? "`" + String.join("`, `", missing) + "` is null"
        : Expressions.reason(undecided);
  }

  /**
   * Of a record only the fields that the action declares: a reference need not drag along all that
   * is known of its object.
   */
  private static Value projected(Value value, @Nullable Type type) {
    if (type == null) {
      return value;
    }
    return switch (value) {
      case StructValue struct
          when type.nonNull() instanceof RecordType record && !record.fields().isEmpty() -> {
        Map<String, Value> fields = new LinkedHashMap<>();
        record
            .fields()
            .forEach(
                (name, fieldType) -> {
                  Value field = struct.fields().get(name);
                  if (field != null) {
                    fields.put(name, projected(field, fieldType));
                  }
                });
        yield Value.of(fields);
      }
      case ListValue list when type.nonNull() instanceof Type.ListType element ->
          Value.of(list.items().stream().map(item -> projected(item, element.element())).toList());
      default -> value;
    };
  }
}
