package io.byteport.dsl.check;

import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.expr.Scope;
import io.byteport.dsl.expr.TypedExpr.RootKind;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.Runbook.Block;
import io.byteport.dsl.model.Runbook.Param;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.EnumType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.Type.Special;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Types every part of every step. */
final class StepTyping {
  private final TypingContext context;
  private final Findings findings;
  private final ValueTyping values;
  private final ActionTyping actions;
  private final FactTyping facts;
  private final Scope running;

  StepTyping(TypingContext context, FactTyping facts, Scope running) {
    this.context = context;
    this.findings = context.findings();
    this.values = context.values();
    this.actions = context.actions();
    this.facts = facts;
    this.running = running;
  }

  void steps(List<Step> steps, Scope scope) {
    steps.forEach(step -> step(step, scope));
  }

  /** The steps of a block, which see its arguments. */
  void block(Block block) {
    steps(block.steps(), running.with("args", RootKind.LOCAL, context.args(block)));
  }

  private void step(Step step, Scope scope) {
    values.condition(step.head().when(), scope);
    switch (step) {
      case Step.Act act -> act(act, scope);
      case Step.CallBlock call -> call(call, scope);
      case Step.Group group -> {}
      case Step.Match match -> match(match, scope);
      case Step.Wait wait -> {
        values.value(wait.duration(), scope, Scalar.DURATION);
        values.condition(wait.until(), scope);
        values.optional(wait.every(), scope, Scalar.DURATION);
      }
      case Step.Propose propose -> actions.use(propose.use(), scope, running);
      case Step.Record fields -> {} // typed with the facts
      case Step.HandOff handOff -> {
        handOff.with().values().forEach(entry -> values.value(entry.value(), scope, null));
        values.optional(handOff.await(), scope, Scalar.DURATION);
      }
      case Step.Escalate escalate -> values.text(escalate.reason(), scope);
    }
    if (!(step instanceof Step.Act)) {
      values.text(step.head().name(), scope.with("result", RootKind.LOCAL, result(step)));
    }
    steps(StepTree.children(step), scope);
  }

  private static Type result(Step step) {
    return step instanceof Step.Record ? Special.UNKNOWN : Special.NULL;
  }

  private void act(Step.Act act, Scope outer) {
    Scope scope = outer;
    Type output = actions.output(act.use());
    Type result = output.orNull();
    if (act.forEach() != null) {
      scope = local(outer, act.as(), facts.item(act));
      result = LanguageTypes.forEachResult(facts.item(act), output);
    }
    actions.use(act.use(), scope, running);
    values.condition(act.until(), outer.with("result", RootKind.LOCAL, output));
    values.optional(act.every(), outer, Scalar.DURATION);
    values.optional(act.within(), outer, Scalar.DURATION);
    values.text(act.head().name(), scope.with("result", RootKind.LOCAL, result));
  }

  /** A local name; one that would hide another is reported elsewhere. */
  static Scope local(Scope scope, String name, Type type) {
    return scope.find(name).isPresent() ? scope : scope.with(name, RootKind.LOCAL, type);
  }

  private void call(Step.CallBlock call, Scope scope) {
    Map<String, Block> blocks = context.subject().runbook().blocks();
    Block block = blocks.get(call.block().name());
    if (block == null) {
      findings.unknown(DiagnosticCode.NAME_UNKNOWN_BLOCK, call.block(), "a block", blocks.keySet());
    }
    Map<String, Param> args = block == null ? Map.of() : block.args();
    for (ValueExpr.Entry entry : call.with().values()) {
      Param arg = args.get(entry.key().name());
      if (arg == null && block != null) {
        findings.unknown(
            DiagnosticCode.ACTION_UNKNOWN_INPUT,
            entry.key(),
            "an argument of the block `" + block.id() + "`",
            args.keySet(),
            call.with().keySet());
      }
      values.value(
          entry.value(),
          scope,
          block == null
              ? null
              : context.args(block).field(entry.key().name()).map(Type::orNull).orElse(null));
    }
    for (Param arg : args.values()) {
      if (arg.defaultValue() == null && !call.with().containsKey(arg.id().name())) {
        findings.missing(
            DiagnosticCode.ACTION_MISSING_INPUT,
            call.block().span(),
            call.head().span(),
            "expected `"
                + arg.id()
                + "` ("
                + arg.type().text()
                + ") for the block `"
                + call.block()
                + "`, found none",
            "give it under `with`");
      }
    }
  }

  private void match(Step.Match match, Scope scope) {
    Type type = values.expr(match.subject(), scope, null);
    if (!(type.nonNull() instanceof EnumType words)) {
      if (match.otherwise() == null && type != Special.UNKNOWN) {
        findings.add(
            DiagnosticCode.EXPR_TYPE,
            match.subject().span(),
            "expected one of an enum's words where there is no `else`, found " + type,
            "add `else` with the steps for everything that `cases` does not name");
      }
      return;
    }
    Set<String> missing = new TreeSet<>(words.words());
    for (Step.Case one : match.cases().values()) {
      Id word = one.value();
      if (!missing.remove(word.name())) {
        findings.unknown(
            DiagnosticCode.EXPR_TYPE,
            word,
            "one of `" + String.join("`, `", words.words()) + "`",
            words.words(),
            match.cases().values().stream().map(written -> written.value().name()).toList());
      }
    }
    if (match.otherwise() == null && (!missing.isEmpty() || type.mayBeNull())) {
      findings.add(
          DiagnosticCode.EXPR_TYPE,
          match.subject().span(),
          "expected a case for "
              + (missing.isEmpty() ? "null" : "`" + String.join("`, `", missing) + "`")
              + ", found none",
          "add it, or `else` for everything that `cases` does not name");
    }
  }
}
