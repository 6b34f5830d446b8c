package io.byteport.cli;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Step;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the actions of a runbook must be allowed to do. */
final class Permissions {
  private Permissions() {}

  /**
   * Verbs by resource, both sorted. A resource that depends on an input is named after it, as
   * <code>{object}</code>.
   */
  static Map<String, Set<String>> of(CheckedRunbook checked) {
    Map<String, Set<String>> needs = new TreeMap<>();
    for (String action : actions(checked)) {
      checked
          .catalogue()
          .action(action)
          .map(ActionDescription::needs)
          .orElse(Map.of())
          .forEach(
              (resource, verbs) ->
                  needs.computeIfAbsent(resource, name -> new TreeSet<>()).addAll(verbs));
    }
    return needs;
  }

  private static Set<String> actions(CheckedRunbook checked) {
    Runbook book = checked.runbook();
    Set<String> actions = new LinkedHashSet<>();
    book.detectors()
        .values()
        .forEach(
            detector -> {
              Runbook.Watch watch = detector.watch();
              if (watch != null) {
                actions.add(watch.use().action().name());
              }
            });
    reads(book.diagnose().values(), actions);
    if (book.verify() != null) {
      reads(book.verify().read().values(), actions);
    }
    for (Runbook.Remediation remediation : book.remediate().values()) {
      if (remediation.verify() != null) {
        reads(remediation.verify().read().values(), actions);
      }
    }
    for (Step step : checked.steps().values()) {
      switch (step) {
        case Step.Act act -> actions.add(act.use().action().name());
        case Step.Propose propose -> actions.add(propose.use().action().name());
        case Step.CallBlock call -> {}
        case Step.Group group -> {}
        case Step.Match match -> {}
        case Step.Wait wait -> {}
        case Step.Record record -> {}
        case Step.HandOff handOff -> {}
        case Step.Escalate escalate -> {}
      }
    }
    return actions;
  }

  private static void reads(Collection<Fact> facts, Set<String> actions) {
    for (Fact fact : facts) {
      if (fact instanceof Fact.Read read) {
        actions.add(read.use().action().name());
      }
    }
  }
}
