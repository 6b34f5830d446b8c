package io.byteport.engine.run;

import io.byteport.dsl.model.Fact;
import io.byteport.engine.eval.Cause;
import io.byteport.engine.eval.Causes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The facts that a run could not read. */
record Missing(RunState state) {

  /** Each with its reason, in the order of the file. */
  List<Cause> facts() {
    List<Cause> missing = new ArrayList<>();
    for (Fact fact : state.runbook().runbook().diagnose().values()) {
      Reading reading = state.knowledge().readings().get(fact.id().name());
      if (reading != null && reading.value() == null) {
        String why = reading.unavailable();
        missing.add(new Cause(fact.id().name(), why == null ? "is unavailable" : why));
      }
    }
    return List.copyOf(missing);
  }

  /** Whether there are facts to be read and not one of them was. */
  boolean all() {
    long read =
        state.knowledge().readings().values().stream()
            .filter(reading -> reading.value() != null && !reading.value().isNull())
            .count();
    return read == 0 && !facts().isEmpty();
  }

  /**
   * The causes, and every other fact that is missing for one of their reasons: that a cluster is
   * away is the same news about each.
   */
  List<Cause> forReasonsOf(List<Cause> causes) {
    Set<Cause> all = new LinkedHashSet<>(causes);
    Set<String> names = new LinkedHashSet<>();
    Set<String> reasons = new LinkedHashSet<>();
    for (Cause cause : causes) {
      names.add(cause.name());
      reasons.add(Causes.root(cause.reason()));
    }
    for (Cause fact : facts()) {
      if (reasons.contains(Causes.root(fact.reason())) && names.add(fact.name())) {
        all.add(fact);
      }
    }
    return List.copyOf(all);
  }
}
