package io.byteport.dsl.check;

import io.byteport.dsl.expr.Scope;
import io.byteport.dsl.expr.TypedExpr.RootKind;
import io.byteport.dsl.model.Escalation;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.model.Notice;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Runbook.Block;
import io.byteport.dsl.model.Runbook.Classify;
import io.byteport.dsl.model.Runbook.Detector;
import io.byteport.dsl.model.Runbook.Remediation;
import io.byteport.dsl.model.Runbook.Rollback;
import io.byteport.dsl.model.Runbook.Rule;
import io.byteport.dsl.model.Runbook.Verify;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.Type.Special;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Types a whole runbook, section by section: every expression and every constant that stands in it,
 * once.
 */
final class TypingPass {

  /**
   * What it finds out, beside the findings.
   *
   * @param facts the dependencies and the order of the facts
   * @param params the type of each parameter
   * @param inputs the type of each input
   */
  record Typed(
      Typing typing, FactGraph facts, Map<String, Type> params, Map<String, Type> inputs) {}

  private final Subject subject;
  private final Runbook runbook;
  private final Findings findings;
  private final Typing.Builder typing = new Typing.Builder();
  private final ValueTyping values;
  private final ActionTyping actions;

  private TypingPass(Subject subject, Findings findings) {
    this.subject = subject;
    this.runbook = subject.runbook();
    this.findings = findings;
    this.values = new ValueTyping(findings, typing);
    this.actions = new ActionTyping(subject, findings, values);
  }

  static Typed run(Subject subject, Findings findings) {
    return new TypingPass(subject, findings).run();
  }

  private Typed run() {
    DeclarationTyping declarations = new DeclarationTyping(subject, findings, values);
    Map<String, Type> params = declarations.params(runbook.params(), false);
    Scope always = new ScopeBuilder(subject, params, Map.of()).always();
    Map<String, Type> inputs = declarations.inputs(always);
    ScopeBuilder scopes = new ScopeBuilder(subject, params, inputs);
    scopes.target(declarations.target(scopes.signalled()));
    TypingContext context =
        new TypingContext(subject, findings, values, actions, args(declarations));

    FactGraph graph = FactGraph.of(subject, findings);
    FactTyping facts = new FactTyping(context, scopes);
    facts.run();
    scopes.facts().forEach(typing::fact);

    Scope running = scopes.running(subject.facts().keySet());
    typing.running(running);
    detectors(always, scopes.signalled());
    reads(running, facts);
    decisions(running);
    runbook.guardrails().values().forEach(new GuardrailTyping(context, facts, running)::guardrail);
    steps(new StepTyping(context, facts, running), running);
    subject.verifications().forEach(verify -> verify(verify, running));
    notices(running);
    actions.families(running);
    return new Typed(typing.build(), graph, params, inputs);
  }

  private Map<String, RecordType> args(DeclarationTyping declarations) {
    Map<String, RecordType> args = new LinkedHashMap<>();
    for (Block block : runbook.blocks().values()) {
      args.put(block.id().name(), RecordType.of("args", declarations.params(block.args(), true)));
    }
    return args;
  }

  private void detectors(Scope always, Scope signalled) {
    for (Detector detector : runbook.detectors().values()) {
      if (detector.severity() != null) {
        values.choice(detector.severity(), signalled, LanguageTypes.SEVERITY);
      }
      Runbook.Watch watch = detector.watch();
      if (watch != null) {
        actions.watch(watch.use(), always);
        values.optional(watch.every(), always, Scalar.DURATION);
        values.condition(watch.when(), always.with("result", RootKind.LOCAL, watched(watch)));
        values.optional(watch.sustained(), always, Scalar.DURATION);
      }
    }
  }

  /** An element of what is watched, or the answer itself. */
  private Type watched(Runbook.Watch watch) {
    return actions
        .find(watch.use())
        .filter(action -> action.watch() != null)
        .map(
            action -> {
              String each = action.watch() == null ? null : action.watch().each();
              Type whole = actions.found(action, watch.use());
              if (each == null || !(whole instanceof RecordType output)) {
                return whole;
              }
              return output.field(each).orElse(Special.UNKNOWN) instanceof ListType list
                  ? list.element()
                  : Special.UNKNOWN;
            })
        .orElse(Special.UNKNOWN);
  }

  /** What reads are given; their types are known already. */
  private void reads(Scope running, FactTyping facts) {
    for (Fact fact : subject.declaredFacts()) {
      if (fact instanceof Fact.Read read) {
        values.condition(read.when(), running);
        Scope scope = running;
        if (read.forEach() != null) {
          Type list = values.expr(read.forEach(), running, null);
          scope = StepTyping.local(running, read.as(), facts.element(list, read.forEach().span()));
        }
        actions.use(read.use(), scope, running);
      }
    }
  }

  private void decisions(Scope running) {
    if (runbook.severity() != null) {
      values.choice(runbook.severity(), running, LanguageTypes.SEVERITY);
    }
    Classify classify = runbook.classify();
    values.optional(classify.every(), running, Scalar.DURATION);
    for (Rule rule : classify.rules()) {
      values.condition(rule.when(), running);
      values.choice(rule.confidence(), running, Scalar.NUMBER);
      values.text(rule.because(), running);
    }
  }

  private void steps(StepTyping steps, Scope running) {
    for (Remediation remediation : runbook.remediate().values()) {
      values.condition(remediation.until(), running);
      steps.steps(remediation.steps(), running);
      steps.steps(StepTree.instead(remediation.onFailure()), running);
      values.text(remediation.advice(), running);
      rollback(remediation.rollback(), steps, running);
    }
    runbook.blocks().values().forEach(steps::block);
    subject.verifications().forEach(verify -> steps.steps(verify.then(), running));
    rollback(runbook.rollback(), steps, running);
  }

  private void rollback(@Nullable Rollback rollback, StepTyping steps, Scope running) {
    if (rollback != null) {
      values.condition(rollback.when(), running);
      steps.steps(rollback.steps(), running);
    }
  }

  private void verify(Verify verify, Scope running) {
    verify
        .expect()
        .values()
        .forEach(expectation -> values.condition(expectation.condition(), running));
    values.optional(verify.within(), running, Scalar.DURATION);
    values.optional(verify.every(), running, Scalar.DURATION);
    values.optional(verify.after(), running, Scalar.DURATION);
    values.optional(verify.sustained(), running, Scalar.DURATION);
    if (verify.at() != null) {
      verify.at().forEach(offset -> values.value(offset, running, Scalar.DURATION));
    }
  }

  private void notices(Scope running) {
    if (runbook.summary() != null) {
      values.choice(runbook.summary(), running, Scalar.STRING);
    }
    runbook.notices().values().forEach(notice -> notice(notice, running));
    if (runbook.resolve() != null) {
      notice(runbook.resolve(), running);
    }
    Escalation escalate = runbook.escalate();
    notice(escalate.notice(), running);
    if (escalate.priority() != null) {
      values.choice(escalate.priority(), running, Scalar.STRING);
    }
    if (escalate.dedupPer() != null) {
      values.exprs(escalate.dedupPer(), running);
    }
    values.optional(escalate.dedupFor(), running, Scalar.DURATION);
    values.texts(escalate.nextSteps(), running);
    for (List<ValueExpr> commands : escalate.commands().values()) {
      values.texts(commands, running);
    }
    entries(runbook.postmortem(), running);
  }

  private void notice(Notice notice, Scope running) {
    for (Notice.Channel channel : notice.to().values()) {
      values.condition(channel.when(), running);
      values.exprs(channel.attach(), running);
      entries(channel.fields(), running);
    }
    values.text(notice.details(), running);
    entries(notice.fields(), running);
    values.exprs(notice.attach(), running);
  }

  private void entries(Map<String, ValueExpr.Entry> entries, Scope scope) {
    entries.values().forEach(entry -> values.value(entry.value(), scope, null));
  }
}
