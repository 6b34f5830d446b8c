package io.byteport.dsl.check;

import io.byteport.dsl.expr.Scope;
import io.byteport.dsl.expr.Scope.Binding;
import io.byteport.dsl.expr.TypedExpr.RootKind;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.Type.Special;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The scopes of a runbook, which grow as its declarations are typed. */
final class ScopeBuilder {
  private Type target = Special.UNKNOWN;
  private final Map<String, Type> facts = new LinkedHashMap<>();
  private final Map<String, Type> steps = new LinkedHashMap<>();
  private final Scope always;
  private final Scope signalled;
  private final Type classes;
  private final Type guardrails;

  ScopeBuilder(Subject subject, Map<String, Type> params, Map<String, Type> inputs) {
    for (StepTree.Placed placed : subject.tree().all()) {
      result(placed.step().head().id().name(), Special.UNKNOWN);
    }
    this.classes = LanguageTypes.classes(subject.runbook());
    this.guardrails = LanguageTypes.guardrails(subject.runbook());
    this.always =
        Scope.EMPTY
            .with("params", RootKind.LANGUAGE, RecordType.of("params", params))
            .with("runbook", RootKind.LANGUAGE, LanguageTypes.RUNBOOK)
            .with("now", RootKind.LANGUAGE, Scalar.INSTANT);
    this.signalled =
        always
            .with("inputs", RootKind.LANGUAGE, RecordType.of("inputs", inputs))
            .with("signal", RootKind.LANGUAGE, LanguageTypes.signal(subject.runbook()));
  }

  void target(Type type) {
    target = type;
  }

  void fact(String name, Type type) {
    facts.put(name, type);
  }

  void result(String step, Type type) {
    steps.put(step, LanguageTypes.step(step, type));
  }

  Map<String, Type> facts() {
    return facts;
  }

  /** What is known without any signal: for defaults of inputs and for detectors. */
  Scope always() {
    return always;
  }

  /** What is known as soon as a signal is there: for the target. */
  Scope signalled() {
    return signalled;
  }

  /**
   * What is known in a run.
   *
   * @param declared all facts, those included whose type is not known yet
   */
  Scope running(Collection<String> declared) {
    Map<String, Type> before = new LinkedHashMap<>();
    declared.forEach(name -> before.put(name, facts.getOrDefault(name, Special.UNKNOWN)));
    Map<String, Binding> more = new LinkedHashMap<>();
    more.put("target", language(target));
    more.put("class", language(classes));
    more.put("confidence", language(Scalar.NUMBER.orNull()));
    more.put("severity", language(LanguageTypes.SEVERITY));
    more.put("guardrails", language(guardrails));
    more.put("run", language(LanguageTypes.RUN));
    more.put("before", language(RecordType.of("before", before)));
    more.put("steps", language(RecordType.of("steps", steps)));
    before.forEach(
        (name, type) -> {
          if (signalled.find(name).isEmpty()) {
            more.putIfAbsent(name, new Binding(RootKind.FACT, type));
          }
        });
    return signalled.with(more);
  }

  private static Binding language(Type type) {
    return new Binding(RootKind.LANGUAGE, type);
  }
}
