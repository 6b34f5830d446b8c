package io.byteport.dsl.check;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.ActionDescription.Effect;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Runbook.Remediation;
import io.byteport.dsl.model.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a guardrail guards, resolved.
 *
 * @param steps the acting steps that it guards, in the order of the file
 * @param actions the actions that it guards wherever they are used
 * @param unknown what it names that is nothing
 */
record Guarded(Set<Step.Act> steps, List<ActionDescription> actions, List<Id> unknown) {

  static Guarded of(
      Guardrail guardrail, Runbook runbook, StepTree tree, ActionCatalogue catalogue) {
    Set<Step.Act> steps = new LinkedHashSet<>();
    List<ActionDescription> actions = new ArrayList<>();
    List<Id> unknown = new ArrayList<>();
    if (guardrail.guards().isEmpty()) {
      tree.all().forEach(placed -> addChange(placed.step(), catalogue, steps));
    }
    for (Id id : guardrail.guards()) {
      Optional<ActionDescription> action = catalogue.action(id.name());
      Remediation remediation = runbook.remediate().get(id.name());
      Optional<Step> step = tree.find(id.name());
      if (action.isPresent()) {
        actions.add(action.get());
        tree.all().stream()
            .map(StepTree.Placed::step)
            .filter(
                one -> one instanceof Step.Act act && act.use().action().name().equals(id.name()))
            .forEach(one -> steps.add((Step.Act) one));
      } else if (step.isPresent()) {
        if (step.get() instanceof Step.Act act) {
          steps.add(
              act); // by its own id a step is guarded even if it only reads; of a group, only the
          // changes
        }
        tree.reached(List.of(step.get())).forEach(one -> addChange(one, catalogue, steps));
      } else if (remediation != null) {
        tree.reached(remediation).forEach(one -> addChange(one, catalogue, steps));
      } else if (!LanguageTypes.classes(runbook).words().contains(id.name())) {
        unknown.add(id);
      }
    }
    return new Guarded(steps, actions, unknown);
  }

  private static void addChange(Step step, ActionCatalogue catalogue, Set<Step.Act> steps) {
    if (step instanceof Step.Act act && effect(act, catalogue) == Effect.CHANGE) {
      steps.add(act);
    }
  }

  /** An action that does not exist counts as a read, so that only its absence is reported. */
  static Effect effect(Step.Act act, ActionCatalogue catalogue) {
    return catalogue
        .action(act.use().action().name())
        .map(ActionDescription::effect)
        .orElse(Effect.READ);
  }

  /** The descriptions of all that is guarded, each once. */
  Set<ActionDescription> descriptions(ActionCatalogue catalogue) {
    Set<ActionDescription> descriptions = new LinkedHashSet<>(actions);
    steps.forEach(act -> catalogue.action(act.use().action().name()).ifPresent(descriptions::add));
    return descriptions;
  }
}
