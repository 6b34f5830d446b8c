package io.byteport.engine.signal;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.model.Runbook.Detector;
import io.byteport.dsl.model.Runbook.Watch;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.eval.Evaluation;
import io.byteport.engine.spi.Inventory.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is to be watched for some runbooks: one watch for each action with its inputs, shared by all
 * detectors that want the same. Where a polled read leaves out an entry of the inventory, there is
 * a watch for each entry of that kind.
 */
final class WatchPlan {
  private final WatcherParts parts;
  private final DeclaredValues values;
  private final Instant now;
  private final Map<Key, Planned> watches = new LinkedHashMap<>();

  private record Key(String action, StructValue with) {}

  /**
   * One watch.
   *
   * @param every how often to poll, if it must be
   */
  record Planned(
      EnabledRunbook enabled,
      ActionDescription action,
      StructValue with,
      Duration every,
      List<DetectorEvaluator> detectors) {

    /** What is watched, for people: the action and what it is given beside its own defaults. */
    String name() {
      String inputs =
          with.fields().entrySet().stream()
              .filter(
                  input ->
                      action
                          .input(input.getKey())
                          .filter(declared -> input.getValue().equals(declared.defaultValue()))
                          .isEmpty())
              .map(input -> input.getKey() + ": " + PolledElements.text(input.getValue()))
              .collect(Collectors.joining(", "));
      return inputs.isEmpty() ? action.name() : action.name() + " (" + inputs + ")";
    }
  }

  WatchPlan(WatcherParts parts, Instant now) {
    this.parts = parts;
    this.values = new DeclaredValues(parts.evaluator());
    this.now = now;
  }

  /** What to watch. What cannot be watched is told to the listener. */
  List<Planned> of(Collection<EnabledRunbook> runbooks) {
    for (EnabledRunbook enabled : runbooks) {
      for (Detector detector : enabled.runbook().runbook().detectors().values()) {
        if (detector.watch() != null) {
          plan(enabled, detector, detector.watch());
        }
      }
    }
    return List.copyOf(watches.values());
  }

  private void plan(EnabledRunbook enabled, Detector detector, Watch watch) {
    String name = watch.use().action().name();
    ActionDescription action = enabled.runbook().catalogue().action(name).orElse(null);
    boolean followed = parts.actions().watch(name).isPresent();
    if (action == null || (!followed && parts.actions().action(name).isEmpty())) {
      parts.listener().degraded(name, "no adapter has the action `" + name + "`");
      return;
    }
    Evaluation with =
        values.entries(
            enabled.runbook(), watch.use().with(), SignalEnvironment.always(enabled, now));
    if (!(with.known().orElse(Value.NULL) instanceof StructValue given)) {
      parts
          .listener()
          .degraded(name, with instanceof Evaluation.Undecided no ? no.reason() : "no inputs");
      return;
    }
    Map<String, Value> inputs = inputs(enabled, action, given);
    Duration every = DetectorEvaluator.every(enabled, watch, values, now);
    for (Map<String, Value> one : followed ? List.of(inputs) : ranged(enabled, action, inputs)) {
      add(enabled, detector, action, inOrder(action, one), every);
    }
  }

  private static StructValue inOrder(ActionDescription action, Map<String, Value> inputs) {
    Map<String, Value> ordered = new LinkedHashMap<>();
    action.inputs().keySet().stream()
        .filter(inputs::containsKey)
        .forEach(name -> ordered.put(name, inputs.getOrDefault(name, Value.NULL)));
    return Value.of(ordered);
  }

  private void add(
      EnabledRunbook enabled,
      Detector detector,
      ActionDescription action,
      StructValue with,
      Duration every) {
    Key key = new Key(action.name(), with);
    Planned same = watches.get(key);
    List<DetectorEvaluator> detectors =
        new ArrayList<>(same == null ? List.of() : same.detectors());
    detectors.add(new DetectorEvaluator(enabled, detector, parts.evaluator(), parts.inventory()));
    Duration often = same == null || every.compareTo(same.every()) < 0 ? every : same.every();
    watches.put(key, new Planned(enabled, action, with, often, detectors));
  }

  /** What is given, and the action's own defaults. */
  private Map<String, Value> inputs(
      EnabledRunbook enabled, ActionDescription action, StructValue given) {
    InventoryEntries entries =
        new InventoryEntries(parts.inventory(), enabled.runbook().catalogue());
    Map<String, Value> inputs = new LinkedHashMap<>();
    for (ActionDescription.Input input : action.inputs().values()) {
      Value value = given.get(input.name());
      Value preset = input.defaultValue() == null ? Value.NULL : input.defaultValue();
      Value chosen = value.isNull() ? preset : entries.resolved(value, input.type());
      if (!chosen.isNull()) {
        inputs.put(input.name(), chosen);
      }
    }
    return inputs;
  }

  /** The same for every entry of each kind that is left out. */
  private List<Map<String, Value>> ranged(
      EnabledRunbook enabled, ActionDescription action, Map<String, Value> inputs) {
    InventoryEntries entries =
        new InventoryEntries(parts.inventory(), enabled.runbook().catalogue());
    List<Map<String, Value>> all = List.of(inputs);
    for (ActionDescription.Input input : action.inputs().values()) {
      if (inputs.containsKey(input.name())) {
        continue;
      }
      Type type = input.type().nonNull();
      boolean ranges = type instanceof RecordType && entries.isKind(type);
      List<Entry> range = ranges ? range(action, entries.all((RecordType) type)) : List.of();
      if (!range.isEmpty()) {
        all =
            each(
                all,
                input.name(),
                range.stream().map(entry -> entries.value((RecordType) type, entry)).toList());
      } else if (input.required()) {
        parts.listener().idle(action.name(), missing(input, ranges, entries));
        return List.of();
      }
    }
    return all;
  }

  /** Of these entries those that the action can be asked of. */
  private static List<Entry> range(ActionDescription action, List<Entry> all) {
    List<String> types = action.watch() == null ? List.of() : action.watch().of();
    return all.stream().filter(entry -> types.isEmpty() || types.contains(entry.type())).toList();
  }

  private static String missing(
      ActionDescription.Input input, boolean ranges, InventoryEntries entries) {
    return ranges
        ? "the inventory has no "
            + entries.kind((RecordType) input.type().nonNull())
            + " to look at"
        : "it can only be polled, and then needs `" + input.name() + "`";
  }

  private static List<Map<String, Value>> each(
      List<Map<String, Value>> all, String input, List<StructValue> range) {
    List<Map<String, Value>> more = new ArrayList<>();
    for (Map<String, Value> one : all) {
      for (StructValue entry : range) {
        Map<String, Value> copy = new LinkedHashMap<>(one);
        copy.put(input, entry);
        more.add(copy);
      }
    }
    return more;
  }
}
