package io.byteport.engine.run;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.model.OnFailure;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Step;
import io.byteport.engine.eval.Evaluator;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A runbook with what the interpreter works out about it once: which facts depend on which, and its
 * steps by id. Immutable.
 */
final class Program {
  private final CheckedRunbook checked;
  private final Evaluator evaluator;
  private final Links links;
  private final FactGraph graph;
  private final Map<String, Step> steps = new LinkedHashMap<>();

  Program(CheckedRunbook checked, Evaluator evaluator, Links links) {
    this.checked = checked;
    this.evaluator = evaluator;
    this.links = links;
    this.graph = new FactGraph(checked);
    Runbook runbook = checked.runbook();
    for (Runbook.Remediation remediation : runbook.remediate().values()) {
      collect(remediation.steps());
      collect(remediation.verify());
      collect(remediation.rollback());
    }
    runbook.blocks().values().forEach(block -> collect(block.steps()));
    collect(runbook.verify());
    collect(runbook.rollback());
  }

  private void collect(Runbook.@Nullable Verify verify) {
    if (verify != null) {
      collect(verify.then());
    }
  }

  private void collect(Runbook.@Nullable Rollback rollback) {
    if (rollback != null) {
      collect(rollback.steps());
    }
  }

  private void collect(@Nullable List<Step> list) {
    for (Step step : list == null ? List.<Step>of() : list) {
      steps.put(step.head().id().name(), step);
      if (step.head().onFailure() instanceof OnFailure.Instead instead) {
        collect(instead.steps());
      }
      if (step instanceof Step.Group group) {
        collect(group.steps());
      } else if (step instanceof Step.Match match) {
        match.cases().values().forEach(one -> collect(one.steps()));
        collect(match.otherwise());
      }
    }
  }

  CheckedRunbook checked() {
    return checked;
  }

  Runbook runbook() {
    return checked.runbook();
  }

  Evaluator evaluator() {
    return evaluator;
  }

  Links links() {
    return links;
  }

  FactGraph graph() {
    return graph;
  }

  /** Every step of the file by its id. */
  Map<String, Step> steps() {
    return Collections.unmodifiableMap(steps);
  }
}
