package io.byteport.engine.run;

import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.model.ValueExpr;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says of a run what would follow its steps. */
final class Foresee {
  private static final Duration EVERY = Duration.ofSeconds(15);

  private final Turn turn;
  private final Expressions expressions;

  Foresee(Turn turn) {
    this.turn = turn;
    this.expressions = turn.expressions();
  }

  Outlook outlook() {
    Decision decision = turn.state().decision();
    Runbook.Remediation remediation =
        decision == null || !decision.known()
            ? null
            : turn.program().runbook().remediate().get(decision.classId());
    if (remediation == null || remediation.steps().isEmpty()) {
      return new Outlook(List.of(), null, null, List.of());
    }
    return new Outlook(approvals(remediation), verification(), rollback(remediation), escalation());
  }

  private List<Outlook.Approval> approvals(Runbook.Remediation remediation) {
    Map<String, Outlook.Approval> found = new LinkedHashMap<>();
    Rulings judge = new Rulings(turn, true);
    for (Prospect.Likely one : new Prospect(turn).of(remediation)) {
      for (Guardrail guardrail : judge.about(one.act(), one.action(), one.lineage())) {
        if (guardrail.rule() instanceof Guardrail.Approve approve) {
          found.computeIfAbsent(
              guardrail.id().name(), id -> approval(guardrail, approve, one, remediation));
        }
      }
    }
    return List.copyOf(found.values());
  }

  private Outlook.Approval approval(
      Guardrail guardrail,
      Guardrail.Approve approve,
      Prospect.Likely one,
      Runbook.Remediation remediation) {
    List<String> guards = guardrail.guards().stream().map(Id::name).toList();
    boolean whole = guards.isEmpty() || guards.contains(remediation.classId().name());
    return new Outlook.Approval(
        guardrail.id().name(),
        whole ? null : one.act().head().id().name(),
        expressions.text(approve.question(), one.locals()),
        expressions.duration(approve.within(), one.locals()).orElse(Approve.usual(turn)),
        approve.unless() == null ? null : term(approve.unless(), one.locals()));
  }

  private Term term(Expr condition, Locals locals) {
    return expressions.term(expressions.explain(condition, locals));
  }

  private Outlook.@Nullable Verification verification() {
    Runbook.Verify spec = Verify.spec(turn).orElse(null);
    if (spec == null) {
      return null;
    }
    List<Outlook.Expectation> expectations = new ArrayList<>();
    spec.expect()
        .values()
        .forEach(
            one ->
                expectations.add(
                    new Outlook.Expectation(one.id().name(), term(one.condition(), Locals.NONE))));
    List<ValueExpr> offsets = spec.at() == null ? List.of() : spec.at();
    return new Outlook.Verification(
        expectations,
        duration(spec.after(), Duration.ZERO),
        duration(spec.within(), Duration.ZERO),
        duration(spec.every(), EVERY),
        duration(spec.sustained(), Duration.ZERO),
        offsets.stream().map(at -> duration(at, Duration.ZERO)).toList());
  }

  private Duration duration(@Nullable ValueExpr value, Duration otherwise) {
    return expressions.duration(value, Locals.NONE).orElse(otherwise);
  }

  private Outlook.@Nullable Rollback rollback(Runbook.Remediation remediation) {
    Runbook.Rollback rollback =
        remediation.rollback() != null
            ? remediation.rollback()
            : turn.program().runbook().rollback();
    return rollback == null
        ? null
        : new Outlook.Rollback(
            rollback.when() == null ? null : term(rollback.when(), Locals.NONE),
            rollback.steps().stream().map(Foresee::step).toList());
  }

  private static String step(Step step) {
    String id = step.head().id().name();
    return switch (step) {
      case Step.Act act -> id + ": " + act.use().action();
      case Step.CallBlock call -> id + ": " + call.block();
      case Step.Propose propose -> id + ": propose " + propose.use().action();
      case Step.HandOff handOff -> id + ": hand off to " + handOff.signal();
      case Step.Group group -> id;
      case Step.Match match -> id;
      case Step.Wait wait -> id;
      case Step.Record record -> id;
      case Step.Escalate escalate -> id;
    };
  }

  private List<RunReport.Notification> escalation() {
    turn.become(turn.state().with(Ending.bad("a step fails, or an expectation", List.of())));
    return new Notices(turn).atEnd(RunResult.ESCALATED);
  }
}
