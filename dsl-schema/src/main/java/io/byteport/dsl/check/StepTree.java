package io.byteport.dsl.check;

import io.byteport.dsl.model.OnFailure;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Runbook.Block;
import io.byteport.dsl.model.Runbook.Remediation;
import io.byteport.dsl.model.Runbook.Rollback;
import io.byteport.dsl.model.Runbook.Verify;
import io.byteport.dsl.model.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every step of a runbook, wherever it stands, and what is reached from where. */
final class StepTree {

  /**
   * A step with the block that it stands in.
   *
   * @param block null outside blocks
   */
  record Placed(Step step, @Nullable Block block) {}

  private final Runbook runbook;
  private final List<Placed> all = new ArrayList<>();

  StepTree(Runbook runbook) {
    this.runbook = runbook;
    for (Remediation remediation : runbook.remediate().values()) {
      place(remediation.steps(), null);
      place(instead(remediation.onFailure()), null);
      place(then(remediation.verify()), null);
      place(steps(remediation.rollback()), null);
    }
    runbook.blocks().values().forEach(block -> place(block.steps(), block));
    place(then(runbook.verify()), null);
    place(steps(runbook.rollback()), null);
  }

  private void place(List<Step> steps, @Nullable Block block) {
    for (Step step : steps) {
      all.add(new Placed(step, block));
      place(children(step), block);
    }
  }

  private static List<Step> then(@Nullable Verify verify) {
    return verify == null ? List.of() : verify.then();
  }

  private static List<Step> steps(@Nullable Rollback rollback) {
    return rollback == null ? List.of() : rollback.steps();
  }

  static List<Step> instead(@Nullable OnFailure onFailure) {
    return onFailure instanceof OnFailure.Instead instead ? instead.steps() : List.of();
  }

  /** The steps that stand inside a step, those for its failure last. */
  static List<Step> children(Step step) {
    List<Step> children = new ArrayList<>();
    switch (step) {
      case Step.Group group -> children.addAll(group.steps());
      case Step.Match match -> {
        match.cases().values().forEach(one -> children.addAll(one.steps()));
        if (match.otherwise() != null) {
          children.addAll(match.otherwise());
        }
      }
      case Step.Act act -> {}
      case Step.CallBlock call -> {}
      case Step.Wait wait -> {}
      case Step.Propose propose -> {}
      case Step.Record fields -> {}
      case Step.HandOff handOff -> {}
      case Step.Escalate escalate -> {}
    }
    children.addAll(instead(step.head().onFailure()));
    return children;
  }

  /** In the order of the file, except that blocks follow the classes. */
  List<Placed> all() {
    return all;
  }

  Optional<Step> find(String id) {
    return all.stream()
        .map(Placed::step)
        .filter(step -> step.head().id().name().equals(id))
        .findFirst();
  }

  /**
   * Everything that can run when these steps run: themselves, what stands inside them, and the
   * blocks that they call.
   */
  List<Step> reached(List<Step> steps) {
    List<Step> reached = new ArrayList<>();
    reach(steps, reached, new HashSet<>());
    return reached;
  }

  private void reach(List<Step> steps, List<Step> reached, Set<String> called) {
    for (Step step : steps) {
      reached.add(step);
      reach(children(step), reached, called);
      if (step instanceof Step.CallBlock call && called.add(call.block().name())) {
        Block block = runbook.blocks().get(call.block().name());
        if (block != null) {
          reach(block.steps(), reached, called);
        }
      }
    }
  }

  /** Everything that a class can lead to, its rollback aside. */
  List<Step> reached(Remediation remediation) {
    List<Step> steps = new ArrayList<>(remediation.steps());
    steps.addAll(instead(remediation.onFailure()));
    return reached(steps);
  }

  /** What is done because of a class, by name: until it ends, however that is. */
  Set<String> actions(Remediation remediation) {
    List<Step> steps = new ArrayList<>(reached(remediation));
    steps.addAll(reached(then(runbook.verify())));
    steps.addAll(reached(then(remediation.verify())));
    steps.addAll(reached(steps(runbook.rollback())));
    steps.addAll(reached(steps(remediation.rollback())));
    Set<String> actions = new LinkedHashSet<>();
    for (Step step : steps) {
      switch (step) {
        case Step.Act act -> actions.add(act.use().action().name());
        case Step.Propose propose -> actions.add(propose.use().action().name());
        case Step.Group group -> {}
        case Step.Match match -> {}
        case Step.CallBlock call -> {}
        case Step.Wait wait -> {}
        case Step.Record fields -> {}
        case Step.HandOff handOff -> {}
        case Step.Escalate escalate -> {}
      }
    }
    return actions;
  }
}
