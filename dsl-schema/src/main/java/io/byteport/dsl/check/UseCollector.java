package io.byteport.dsl.check;

import io.byteport.dsl.check.Declared.Kind;
import io.byteport.dsl.model.Escalation;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Notice;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Runbook.ActionUse;
import io.byteport.dsl.model.Runbook.Block;
import io.byteport.dsl.model.Runbook.Detector;
import io.byteport.dsl.model.Runbook.Input;
import io.byteport.dsl.model.Runbook.Remediation;
import io.byteport.dsl.model.Runbook.Rollback;
import io.byteport.dsl.model.Runbook.Rule;
import io.byteport.dsl.model.Runbook.Verify;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.model.ValueExpr;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Goes through every section of a runbook and notes what each part names. */
final class UseCollector {
  private final Subject subject;
  private final Runbook runbook;
  private final Uses uses;
  private final Set<ValueExpr> taken = Collections.newSetFromMap(new IdentityHashMap<>());

  private UseCollector(Subject subject) {
    this.subject = subject;
    this.runbook = subject.runbook();
    this.uses = new Uses(declared(subject));
  }

  static Uses of(Subject subject) {
    UseCollector collector = new UseCollector(subject);
    collector.declarations();
    collector.decisions();
    collector.actions();
    collector.outcomes();
    collector.leftovers();
    return collector.uses;
  }

  /** Everything that a runbook declares for its own use, in the order of the sections. */
  static Set<Declared> declared(Subject subject) {
    Runbook runbook = subject.runbook();
    Set<Declared> all = new LinkedHashSet<>();
    runbook.params().keySet().forEach(name -> all.add(Declared.of(Kind.PARAMETER, name)));
    runbook.inputs().keySet().forEach(name -> all.add(Declared.of(Kind.INPUT, name)));
    subject.facts().keySet().forEach(name -> all.add(Declared.of(Kind.FACT, name)));
    for (Block block : runbook.blocks().values()) {
      all.add(Declared.of(Kind.BLOCK, block.id()));
      block.args().keySet().forEach(name -> all.add(Declared.argument(block.id().name(), name)));
    }
    return all;
  }

  private Uses.At top() {
    return uses.at(null, "");
  }

  private void declarations() {
    for (Detector detector : runbook.detectors().values()) {
      top().choice(detector.severity());
      Runbook.Watch watch = detector.watch();
      if (watch != null) {
        top().values(watch.use().with());
        top().value(watch.every());
        top().expr(watch.when());
        top().value(watch.sustained());
      }
    }
    for (Input input : runbook.inputs().values()) {
      uses.at(Declared.of(Kind.INPUT, input.id()), "").value(input.defaultValue());
    }
    top().values(runbook.target().fields());
    for (Fact fact : subject.declaredFacts()) {
      fact(fact, uses.at(Declared.of(Kind.FACT, fact.id()), ""));
    }
  }

  private void fact(Fact fact, Uses.At at) {
    switch (fact) {
      case Fact.Computed computed -> at.expr(computed.expr());
      case Fact.Chosen chosen -> at.choice(chosen.choice());
      case Fact.Read read -> {
        at.expr(read.when());
        at.expr(read.forEach());
        at.value(read.otherwise());
        use(read.use(), at);
      }
    }
  }

  private void use(ActionUse use, Uses.At at) {
    at.values(use.with());
    ActionTyping.defaults(subject, use)
        .values()
        .forEach(
            entry -> {
              taken.add(entry.value());
              at.value(entry.value());
            });
    at.value(use.timeout());
  }

  private void decisions() {
    top().choice(runbook.severity());
    top().value(runbook.classify().every());
    for (Rule rule : runbook.classify().rules()) {
      top().expr(rule.when());
      top().choice(rule.confidence());
      top().value(rule.because());
    }
    for (Guardrail guardrail : runbook.guardrails().values()) {
      top().value(guardrail.because());
      switch (guardrail.rule()) {
        case Guardrail.Skip skip -> top().expr(skip.condition());
        case Guardrail.Require require -> top().expr(require.condition());
        case Guardrail.Limit limit -> {
          top().value(limit.limit());
          top().value(limit.every());
          top().exprs(limit.per());
        }
        case Guardrail.Lock lock -> {
          top().exprs(lock.per());
          top().value(lock.waitFor());
        }
        case Guardrail.Approve approve -> {
          top().value(approve.question());
          top().value(approve.within());
          top().expr(approve.unless());
        }
        case Guardrail.Forbid forbid -> {}
        case Guardrail.Protect protect -> top().expr(protect.condition());
      }
    }
  }

  private void actions() {
    for (StepTree.Placed placed : subject.tree().all()) {
      Block block = placed.block();
      Uses.At at =
          block == null ? top() : uses.at(Declared.of(Kind.BLOCK, block.id()), block.id().name());
      step(placed.step(), at);
    }
    for (Remediation remediation : runbook.remediate().values()) {
      top().expr(remediation.until());
      top().facts(remediation.refresh());
      top().value(remediation.advice());
      rollback(remediation.rollback());
    }
    rollback(runbook.rollback());
    subject.verifications().forEach(this::verify);
  }

  private void rollback(@Nullable Rollback rollback) {
    if (rollback != null) {
      top().expr(rollback.when());
    }
  }

  private void verify(Verify verify) {
    verify.expect().values().forEach(expectation -> top().expr(expectation.condition()));
    top().value(verify.within());
    top().value(verify.every());
    top().value(verify.after());
    top().value(verify.sustained());
    if (verify.at() != null) {
      top().values(verify.at());
    }
  }

  private void step(Step step, Uses.At at) {
    at.value(step.head().name());
    at.expr(step.head().when());
    at.facts(step.head().refresh());
    switch (step) {
      case Step.Act act -> {
        at.expr(act.forEach());
        at.expr(act.until());
        at.value(act.every());
        at.value(act.within());
        use(act.use(), at);
      }
      case Step.CallBlock call -> {
        at.use(Declared.of(Kind.BLOCK, call.block()));
        at.values(call.with());
      }
      case Step.Group group -> {}
      case Step.Match match -> at.expr(match.subject());
      case Step.Wait wait -> {
        at.value(wait.duration());
        at.expr(wait.until());
        at.value(wait.every());
      }
      case Step.Propose propose -> use(propose.use(), at);
      case Step.Record fields -> at.values(fields.fields());
      case Step.HandOff handOff -> {
        at.values(handOff.with());
        at.value(handOff.await());
      }
      case Step.Escalate escalate -> at.value(escalate.reason());
    }
  }

  private void outcomes() {
    top().choice(runbook.summary());
    runbook.notices().values().forEach(this::notice);
    if (runbook.resolve() != null) {
      notice(runbook.resolve());
    }
    Escalation escalate = runbook.escalate();
    notice(escalate.notice());
    top().choice(escalate.priority());
    top().exprs(escalate.dedupPer());
    top().value(escalate.dedupFor());
    top().values(escalate.nextSteps());
    escalate.commands().values().forEach(top()::values);
    top().values(runbook.postmortem());
  }

  private void notice(Notice notice) {
    for (Notice.Channel channel : notice.to().values()) {
      top().expr(channel.when());
      top().exprs(channel.attach());
      top().values(channel.fields());
    }
    top().value(notice.details());
    top().values(notice.fields());
    top().exprs(notice.attach());
  }

  /** Defaults that no action takes are somebody's plan for later; what they name counts. */
  private void leftovers() {
    runbook
        .defaults()
        .values()
        .forEach(
            family ->
                family.values().stream()
                    .map(ValueExpr.Entry::value)
                    .filter(value -> !taken.contains(value))
                    .forEach(top()::value));
  }
}
