package io.byteport.engine.run;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.Names;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.eval.Evaluation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which facts a runbook has and which of them an expression reaches, through other facts and
 * through the guardrails of reads too. Immutable once made.
 */
final class FactGraph {
  private static final Set<String> LOOK_BACK = Set.of("increase", "rate");

  private final Map<String, Fact> facts = new LinkedHashMap<>();
  private final Map<String, Set<String>> needs = new HashMap<>();
  private final List<String> order;

  /** By fact, the fields at which something looks back; empty for all of it. */
  private final Map<String, Set<String>> remembered = new LinkedHashMap<>();

  FactGraph(CheckedRunbook checked) {
    Runbook runbook = checked.runbook();
    facts.putAll(runbook.diagnose());
    if (runbook.verify() != null) {
      facts.putAll(runbook.verify().read());
    }
    for (Runbook.Remediation remediation : runbook.remediate().values()) {
      if (remediation.verify() != null) {
        facts.putAll(remediation.verify().read());
      }
    }
    for (Fact fact : facts.values()) {
      Set<String> direct =
          new LinkedHashSet<>(checked.factDependencies().getOrDefault(fact.id().name(), List.of()));
      if (fact instanceof Fact.Read read) {
        direct.addAll(guardNeeds(runbook, read));
      }
      direct.retainAll(facts.keySet());
      needs.put(fact.id().name(), direct);
    }
    order = ordered(checked.factOrder());
    Conditions.of(runbook).forEach(this::rememberWhatLooksBack);
  }

  private Set<String> guardNeeds(Runbook runbook, Fact.Read read) {
    Set<String> direct = new LinkedHashSet<>();
    for (Guardrail guardrail : runbook.guardrails().values()) {
      boolean guards =
          guardrail.guards().stream().anyMatch(id -> id.name().equals(read.use().action().name()));
      if (guards && guardrail.rule() instanceof Guardrail.Require require) {
        direct.addAll(Names.of(require.condition()).roots());
      }
    }
    direct.remove(read.id().name());
    return direct;
  }

  /**
   * Every fact after those that it needs; where guardrails make a circle, the checked order serves.
   */
  private List<String> ordered(List<String> checkedOrder) {
    List<String> result = new ArrayList<>();
    Set<String> begun = new HashSet<>();
    Set<String> all = new LinkedHashSet<>(checkedOrder);
    all.addAll(facts.keySet());
    all.retainAll(facts.keySet());
    all.forEach(fact -> place(fact, begun, result));
    return List.copyOf(result);
  }

  private void place(String fact, Set<String> begun, List<String> result) {
    if (begun.add(fact)) {
      needs.getOrDefault(fact, Set.of()).forEach(need -> place(need, begun, result));
      result.add(fact);
    }
  }

  private void rememberWhatLooksBack(Expr expr) {
    if (expr instanceof Expr.Call call && LOOK_BACK.contains(call.function())) {
      remember(call.arguments().get(0));
    }
    expr.children().forEach(this::rememberWhatLooksBack);
  }

  private void remember(Expr expr) {
    if (expr instanceof Expr.Field field
        && field.target() instanceof Expr.Name name
        && facts.containsKey(name.name())) {
      Set<String> fields = remembered.get(name.name());
      if (fields == null || !fields.isEmpty()) {
        remembered.computeIfAbsent(name.name(), fact -> new LinkedHashSet<>()).add(field.name());
      }
      return;
    }
    if (expr instanceof Expr.Name name && facts.containsKey(name.name())) {
      remembered.put(name.name(), Set.of());
    }
    expr.children().forEach(this::remember);
  }

  /** Of what a fact is, as much as somebody looks back at. */
  Evaluation remembered(String fact, Evaluation now) {
    Set<String> fields = remembered.getOrDefault(fact, Set.of());
    if (fields.isEmpty()
        || !(now instanceof Evaluation.Known known
            && known.value() instanceof StructValue struct)) {
      return now;
    }
    Map<String, Value> kept = new LinkedHashMap<>();
    fields.forEach(field -> kept.put(field, struct.get(field)));
    return Evaluation.of(Value.of(kept));
  }

  /** Null where there is no such fact. */
  @Nullable Fact fact(String name) {
    return facts.get(name);
  }

  Fact.Read read(String name) {
    if (facts.get(name) instanceof Fact.Read read) {
      return read;
    }
    throw new IllegalArgumentException("not a fact that is read: " + name);
  }

  /**
   * The facts whose earlier values are asked for somewhere, of those that show what was just read.
   */
  List<String> remembered(Set<String> justRead) {
    return remembered.keySet().stream()
        .filter(
            name -> {
              Set<String> reached = new LinkedHashSet<>();
              look(name, reached);
              return reached.stream().anyMatch(justRead::contains);
            })
        .toList();
  }

  /** All facts, after those that they need. */
  List<String> order() {
    return order;
  }

  /** The facts that are read among these, after all that they depend on. */
  List<String> reads(Set<String> names) {
    return order.stream()
        .filter(names::contains)
        .filter(name -> facts.get(name) instanceof Fact.Read)
        .toList();
  }

  /**
   * The facts that are read among these, and what they need that {@code known} does not have yet.
   */
  List<String> reads(Set<String> names, Set<String> known) {
    Set<String> all = new LinkedHashSet<>();
    names.forEach(name -> reach(name, all));
    all.removeIf(name -> known.contains(name) && !names.contains(name));
    return reads(all);
  }

  /**
   * The facts that these expressions look at by reading, through computed ones but not through what
   * reads are given: a pod that was replaced is not looked for again to find its owner's new ones.
   */
  Set<String> reached(Collection<? extends Expr> exprs) {
    Set<String> reached = new LinkedHashSet<>();
    exprs.forEach(expr -> Names.of(expr).roots().forEach(name -> look(name, reached)));
    return reached;
  }

  private void look(String name, Set<String> reached) {
    if (facts.containsKey(name) && reached.add(name) && !(facts.get(name) instanceof Fact.Read)) {
      needs.getOrDefault(name, Set.of()).forEach(need -> look(need, reached));
    }
  }

  /** Whether something of {@code left} must be read before this fact can be. */
  boolean waits(String fact, Collection<String> left) {
    Set<String> reached = new LinkedHashSet<>();
    needs.getOrDefault(fact, Set.of()).forEach(need -> reach(need, reached));
    reached.remove(fact);
    return left.stream().anyMatch(reached::contains);
  }

  private void reach(String name, Set<String> reached) {
    if (facts.containsKey(name) && reached.add(name)) {
      needs.getOrDefault(name, Set.of()).forEach(need -> reach(need, reached));
    }
  }
}
