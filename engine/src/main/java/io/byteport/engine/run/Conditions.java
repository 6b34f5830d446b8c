package io.byteport.engine.run;

import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.model.Choice;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.OnFailure;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the conditions of a runbook and what computes its facts: wherever an expression may look
 * back in time.
 */
final class Conditions {
  private final List<Expr> found = new ArrayList<>();

  private Conditions() {}

  static List<Expr> of(Runbook runbook) {
    Conditions conditions = new Conditions();
    runbook.diagnose().values().forEach(conditions::fact);
    runbook.classify().rules().forEach(rule -> conditions.found.add(rule.when()));
    runbook.guardrails().values().forEach(conditions::guardrail);
    runbook.remediate().values().forEach(conditions::remediation);
    runbook.blocks().values().forEach(block -> conditions.steps(block.steps()));
    conditions.verify(runbook.verify());
    conditions.rollback(runbook.rollback());
    return List.copyOf(conditions.found);
  }

  private void fact(Fact fact) {
    switch (fact) {
      case Fact.Read read -> maybe(read.when());
      case Fact.Computed computed -> found.add(computed.expr());
      case Fact.Chosen chosen ->
          chosen.choice().options().stream().map(Choice.Option::when).forEach(this::maybe);
    }
  }

  private void guardrail(Guardrail guardrail) {
    switch (guardrail.rule()) {
      case Guardrail.Skip skip -> found.add(skip.condition());
      case Guardrail.Require require -> found.add(require.condition());
      case Guardrail.Protect protect -> found.add(protect.condition());
      case Guardrail.Approve approve -> maybe(approve.unless());
      case Guardrail.Limit limit -> found.addAll(limit.per());
      case Guardrail.Lock lock -> found.addAll(lock.per());
      case Guardrail.Forbid forbid -> {
        // names resources only
      }
    }
  }

  private void remediation(Runbook.Remediation remediation) {
    maybe(remediation.until());
    steps(remediation.steps());
    verify(remediation.verify());
    rollback(remediation.rollback());
  }

  private void verify(Runbook.@Nullable Verify verify) {
    if (verify != null) {
      verify.expect().values().forEach(expectation -> found.add(expectation.condition()));
      verify.read().values().forEach(this::fact);
      steps(verify.then());
    }
  }

  private void rollback(Runbook.@Nullable Rollback rollback) {
    if (rollback != null) {
      maybe(rollback.when());
      steps(rollback.steps());
    }
  }

  private void steps(List<Step> steps) {
    for (Step step : steps) {
      maybe(step.head().when());
      if (step.head().onFailure() instanceof OnFailure.Instead instead) {
        steps(instead.steps());
      }
      switch (step) {
        case Step.Act act -> maybe(act.until());
        case Step.Wait wait -> maybe(wait.until());
        case Step.Group group -> steps(group.steps());
        case Step.Match match -> {
          found.add(match.subject());
          match.cases().values().forEach(one -> steps(one.steps()));
          steps(match.otherwise() == null ? List.of() : match.otherwise());
        }
        case Step.CallBlock call -> {}
        case Step.Propose propose -> {}
        case Step.Record record -> {}
        case Step.HandOff handOff -> {}
        case Step.Escalate escalate -> {}
      }
    }
  }

  private void maybe(@Nullable Expr expr) {
    if (expr != null) {
      found.add(expr);
    }
  }
}
