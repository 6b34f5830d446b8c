package io.byteport.dsl.check;

import io.byteport.dsl.check.Reasoning.Judged;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.model.Choice;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Notice;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.solve.Solver;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects every condition of a runbook. */
final class Conditions {

  /**
   * A condition.
   *
   * @param whole whether one that is constant as a whole is not told elsewhere
   */
  record Condition(Expr expr, boolean whole) {}

  private final Reasoning reasoning;
  private final List<Condition> found = new ArrayList<>();

  private Conditions(Reasoning reasoning) {
    this.reasoning = reasoning;
  }

  static List<Condition> of(Reasoning reasoning) {
    Conditions conditions = new Conditions(reasoning);
    conditions.collect(reasoning.subject().runbook());
    return conditions.found;
  }

  private void collect(Runbook runbook) {
    for (Runbook.Detector detector : runbook.detectors().values()) {
      choice(detector.severity());
      if (detector.watch() != null) {
        add(detector.watch().when(), true);
      }
    }
    reasoning.subject().declaredFacts().forEach(this::fact);
    choice(runbook.severity());
    List<Judged> rules = reasoning.rules();
    for (int i = 0; i < rules.size(); i++) {
      boolean last = i == rules.size() - 1;
      add(rules.get(i).rule().when(), last && !rules.get(i).neverHolds());
      choice(rules.get(i).rule().confidence());
    }
    runbook.guardrails().values().forEach(this::guardrail);
    for (Runbook.Remediation remediation : runbook.remediate().values()) {
      add(remediation.until(), true);
      if (remediation.rollback() != null) {
        add(remediation.rollback().when(), true);
      }
    }
    reasoning.subject().tree().all().forEach(placed -> step(placed.step()));
    for (Runbook.Verify verify : reasoning.subject().verifications()) {
      verify.expect().values().forEach(one -> add(one.condition(), !neverHolds(one.condition())));
    }
    if (runbook.rollback() != null) {
      add(runbook.rollback().when(), true);
    }
    choice(runbook.summary());
    runbook.notices().values().forEach(this::notice);
    if (runbook.resolve() != null) {
      notice(runbook.resolve());
    }
    notice(runbook.escalate().notice());
    choice(runbook.escalate().priority());
  }

  private boolean neverHolds(Expr expr) {
    return reasoning
        .typed(expr)
        .map(typed -> Solver.impossible(reasoning.encoder().holds(typed)))
        .orElse(false);
  }

  private void fact(Fact fact) {
    switch (fact) {
      case Fact.Read read -> add(read.when(), true);
      case Fact.Computed computed -> add(computed.expr(), true);
      case Fact.Chosen chosen -> choice(chosen.choice());
    }
  }

  private void guardrail(Guardrail guardrail) {
    switch (guardrail.rule()) {
      case Guardrail.Skip skip -> add(skip.condition(), false);
      case Guardrail.Require require -> add(require.condition(), false);
      case Guardrail.Protect protect -> add(protect.condition(), false);
      case Guardrail.Approve approve -> add(approve.unless(), false);
      case Guardrail.Limit limit -> limit.per().forEach(expr -> add(expr, false));
      case Guardrail.Lock lock -> lock.per().forEach(expr -> add(expr, false));
      case Guardrail.Forbid forbid -> {
        // names resources only
      }
    }
  }

  private void step(Step step) {
    Expr when = step.head().when();
    if (when != null) {
      add(when, !neverHolds(when));
    }
    switch (step) {
      case Step.Act act -> add(act.until(), true);
      case Step.Wait wait -> add(wait.until(), true);
      case Step.Group group -> {}
      case Step.Match match -> {}
      case Step.CallBlock call -> {}
      case Step.Propose propose -> {}
      case Step.Record fields -> {}
      case Step.HandOff handOff -> {}
      case Step.Escalate escalate -> {}
    }
  }

  private void notice(Notice notice) {
    notice.to().values().forEach(channel -> add(channel.when(), true));
  }

  private void choice(@Nullable Choice choice) {
    if (choice != null) {
      choice.options().forEach(option -> add(option.when(), false));
    }
  }

  private void add(@Nullable Expr expr, boolean whole) {
    if (expr != null) {
      found.add(new Condition(expr, whole));
    }
  }
}
