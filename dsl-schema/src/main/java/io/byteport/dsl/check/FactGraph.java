package io.byteport.dsl.check;

import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.model.Fact;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which facts each fact names, and an order in which each comes after all that it names.
 *
 * @param dependencies the facts that each fact names directly, in the order in which it names them
 * @param order every fact once; where a circle was found, its facts stand in some order
 * @param circular facts that stand in a circle; the others name each other in none
 */
record FactGraph(Map<String, List<String>> dependencies, List<String> order, Set<String> circular) {

  /** Builds the graph; a circle is reported once, at the first of its facts in the file. */
  static FactGraph of(Subject subject, Findings findings) {
    Map<String, Fact> facts = subject.facts();
    Map<String, List<String>> dependencies = new LinkedHashMap<>();
    facts.forEach(
        (name, fact) -> {
          Set<String> named = new LinkedHashSet<>(Mentions.of(fact, subject).roots());
          named.retainAll(facts.keySet());
          dependencies.put(name, List.copyOf(named));
        });
    Walk walk = new Walk(facts, dependencies, findings);
    facts.keySet().forEach(walk::visit);
    return new FactGraph(dependencies, walk.order, Set.copyOf(walk.circular));
  }

  private static final class Walk {
    private final Map<String, Fact> facts;
    private final Map<String, List<String>> dependencies;
    private final Findings findings;
    private final List<String> order = new ArrayList<>();
    private final List<String> path = new ArrayList<>();
    private final Set<String> done = new HashSet<>();
    private final Set<String> circular = new HashSet<>();

    Walk(Map<String, Fact> facts, Map<String, List<String>> dependencies, Findings findings) {
      this.facts = facts;
      this.dependencies = dependencies;
      this.findings = findings;
    }

    void visit(String name) {
      if (done.contains(name)) {
        return;
      }
      int start = path.indexOf(name);
      if (start >= 0) {
        circle(path.subList(start, path.size()));
        return;
      }
      path.add(name);
      dependencies.getOrDefault(name, List.of()).forEach(this::visit);
      path.remove(path.size() - 1);
      done.add(name);
      order.add(name);
    }

    private void circle(List<String> circle) {
      if (!circular.addAll(circle)) {
        return;
      }
      Fact first = facts.get(circle.get(0));
      if (first == null) {
        return;
      }
      List<String> around = new ArrayList<>(circle);
      around.add(circle.get(0));
      findings.add(
          DiagnosticCode.FLOW_CYCLE,
          first.id().span(),
          "expected facts that can be learned one after the other, found the circle `"
              + String.join("` → `", around)
              + "`",
          circle.size() == 1
              ? "it names itself; a default of its action's family may do so, which `with`"
                  + " overrides"
              : "take one of the names out, or read one of them through `before`");
    }
  }
}
