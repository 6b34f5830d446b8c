package io.byteport.engine.signal;

import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.eval.Environment;
import io.byteport.engine.eval.Evaluation;
import io.byteport.engine.spi.Inventory;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the names of an agent's conditions stand for when a run is about to be opened: the runbook,
 * the signal, the target, and the class and the action that are thought of.
 */
public final class OpeningEnvironment implements Environment {
  private final SignalEnvironment known;
  private final Evaluation labels;

  /**
   * @param inventory for the labels of what the target is or lies in
   * @param classId null where none is thought of
   * @param action null where none is thought of
   */
  public OpeningEnvironment(
      Routing.Chosen chosen,
      Signal signal,
      Inventory inventory,
      @Nullable String classId,
      @Nullable String action,
      Instant now) {
    this.known =
        SignalEnvironment.always(new EnabledRunbook(chosen.runbook(), chosen.params()), now)
            .with("inputs", chosen.inputs())
            .with(signal)
            .with("target", chosen.target())
            .with("class", text(classId))
            .with("action", text(action));
    this.labels = labels(chosen, inventory);
  }

  private static Value text(@Nullable String word) {
    return word == null ? Value.NULL : Value.of(word);
  }

  /**
   * Those of the entry that the target is, and of the entries that it names: its host, its
   * database, its cluster.
   */
  private static Evaluation labels(Routing.Chosen chosen, Inventory inventory) {
    Map<String, Value> labels = new LinkedHashMap<>();
    boolean found = false;
    String kind = chosen.runbook().runbook().target().type().name();
    for (Map.Entry<String, Value> field : chosen.target().fields().entrySet()) {
      if (field.getValue() instanceof StructValue part) {
        found |= add(part, labels);
        found |= add(inventory, field.getKey(), part.get("name"), labels);
      } else if (field.getKey().equals("cluster")
          && field.getValue().isNull()
          && inventory.of("cluster").size() == 1) {
        inventory.of("cluster").getFirst().labels().forEach((k, v) -> labels.put(k, Value.of(v)));
        found = true;
      }
    }
    found |= add(inventory, kind, chosen.target().get("name"), labels);
    found |= add(chosen.target(), labels);
    return found
        ? Evaluation.of(Value.of(labels))
        : Evaluation.because("target.labels", "the inventory has no entry of the target");
  }

  private static boolean add(StructValue part, Map<String, Value> labels) {
    if (part.get("labels") instanceof StructValue own) {
      labels.putAll(own.fields());
      return true;
    }
    return false;
  }

  private static boolean add(
      Inventory inventory, String kind, Value name, Map<String, Value> labels) {
    if (name instanceof Value.TextValue text) {
      return inventory
          .find(kind, text.value())
          .map(
              entry -> {
                entry.labels().forEach((label, word) -> labels.put(label, Value.of(word)));
                return true;
              })
          .orElse(false);
    }
    return false;
  }

  @Override
  public Evaluation root(String name) {
    return known.root(name);
  }

  @Override
  public Evaluation member(String root, String field) {
    return root.equals("target") && field.equals("labels") ? labels : known.member(root, field);
  }

  @Override
  public Instant now() {
    return known.now();
  }
}
