package io.byteport.engine.signal;

import io.byteport.dsl.model.Runbook.Target;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.dsl.value.Value.TextValue;
import io.byteport.engine.eval.Evaluation;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.spi.Inventory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says what an incident is about: evaluates a runbook's target. Safe for several threads.
 *
 * <p>The target has its {@code type}, every field of the catalogue's record, and where it is an
 * entry of the inventory that entry under the name of its kind. A reference to an entry that may be
 * left out is left out where the inventory has just one of its kind, so that one thing has one key
 * whatever the source calls its cluster.
 */
public final class TargetBuilder {
  private final DeclaredValues values;
  private final Inventory inventory;

  public TargetBuilder(Evaluator evaluator, Inventory inventory) {
    this.values = new DeclaredValues(evaluator);
    this.inventory = inventory;
  }

  /** What came of a target. */
  public sealed interface Result {}

  /**
   * @param key see {@link TargetKey}
   */
  public record Built(StructValue target, String key) implements Result {}

  /**
   * @param reason one sentence without its end that names every field that is not known, and the
   *     inputs that would have said it
   */
  public record Unknown(String reason) implements Result {}

  /** The target of an incident that a signal with these inputs would open. */
  public Result build(EnabledRunbook enabled, StructValue inputs, Signal signal, Instant now) {
    SignalEnvironment environment =
        SignalEnvironment.always(enabled, now).with("inputs", inputs).with(signal);
    return new Building(enabled, environment).build();
  }

  /** One target under way. */
  private final class Building {
    private final EnabledRunbook enabled;
    private final SignalEnvironment environment;
    private final Target target;
    private final String kind;
    private final InventoryEntries entries;
    private final List<String> problems = new ArrayList<>();

    Building(EnabledRunbook enabled, SignalEnvironment environment) {
      this.enabled = enabled;
      this.environment = environment;
      this.target = enabled.runbook().runbook().target();
      this.kind = target.type().name();
      this.entries = new InventoryEntries(inventory, enabled.runbook().catalogue());
    }

    Result build() {
      RecordType plain = enabled.runbook().catalogue().targets().get(kind);
      RecordType entry = enabled.runbook().catalogue().inventory().get(kind);
      RecordType type = plain == null ? entry : plain;
      if (type == null) {
        return new Unknown("the catalogue has no target of type `" + kind + "`");
      }
      Map<String, Value> fields = plain == null ? selected(type) : plain(type);
      if (!problems.isEmpty()) {
        return new Unknown("the target is not known: " + String.join("; ", problems));
      }
      Map<String, Value> whole = new LinkedHashMap<>();
      whole.put("type", Value.of(kind));
      whole.putAll(fields);
      StructValue built = Value.of(whole);
      return new Built(built, TargetKey.of(kind, type, built, entries));
    }

    private Map<String, Value> plain(RecordType type) {
      List<String> key = TargetKey.fields(type);
      Map<String, Value> fields = new LinkedHashMap<>();
      type.fields()
          .forEach(
              (name, fieldType) -> {
                boolean needed = type.requires(name);
                Value value = field(name, fieldType, needed);
                boolean only = key.contains(name) && fieldType.mayBeNull() && isOnly(fieldType);
                Value preset = value.isNull() ? type.defaults().getOrDefault(name, value) : value;
                fields.put(name, only ? Value.NULL : preset);
              });
      return fields;
    }

    private boolean isOnly(Type type) {
      return type.nonNull() instanceof RecordType record
          && entries.isKind(record)
          && entries.all(record).size() == 1;
    }

    /**
     * A target that is an entry of the inventory: given whole under the name of its kind, or by its
     * key.
     */
    private Map<String, Value> selected(RecordType type) {
      boolean whole = target.fields().containsKey(kind);
      String nameField = InventoryEntries.nameField(type);
      Value given = whole ? field(kind, type, true) : field(nameField, Type.Scalar.STRING, true);
      Map<String, Value> fields = new LinkedHashMap<>();
      type.fields().keySet().forEach(name -> fields.put(name, Value.NULL));
      Optional<StructValue> entry =
          switch (given) {
            case StructValue struct -> Optional.of(struct);
            case TextValue name -> entries.find(type, name.value());
            default -> Optional.empty();
          };
      fields.put(kind, Value.NULL);
      fields.put(nameField, given);
      entry.ifPresent(
          known -> {
            fields.putAll(known.fields());
            fields.put(kind, known);
          });
      return fields;
    }

    /** What the runbook says of a field; null where it is silent. */
    private Value field(String name, Type type, boolean needed) {
      ValueExpr.Entry entry = target.fields().get(name);
      if (entry == null) {
        if (needed) {
          problems.add("`" + name + "` is not given");
        }
        return Value.NULL;
      }
      return switch (values.value(enabled.runbook(), entry.value(), environment)) {
        case Evaluation.Undecided undecided -> {
          problems.add("`" + name + "` cannot be known (" + undecided.reason() + ")");
          yield Value.NULL;
        }
        case Evaluation.Known known -> {
          Value value = entries.resolved(known.value(), type);
          boolean blank = value instanceof TextValue text && text.value().isBlank();
          if (needed && (value.isNull() || blank)) {
            problems.add("`" + name + "` is " + (blank ? "empty" : "null") + inputs(entry.value()));
          }
          yield value;
        }
      };
    }

    private String inputs(ValueExpr value) {
      Set<String> names = Anchors.of(value);
      return names.isEmpty()
          ? ""
          : ", since the signal gives no "
              + names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(" or "));
    }
  }
}
