package io.byteport.dsl.check;

import io.byteport.dsl.expr.Scope;
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
  private final Subject subject;
  private final RecordType params;
  private final RecordType inputs;
  private Type target = Special.UNKNOWN;
  private final Map<String, Type> facts = new LinkedHashMap<>();
  private final Map<String, Type> results = new LinkedHashMap<>();

  ScopeBuilder(Subject subject, Map<String, Type> params, Map<String, Type> inputs) {
    this.subject = subject;
    this.params = RecordType.of("params", params);
    this.inputs = RecordType.of("inputs", inputs);
    for (StepTree.Placed placed : subject.tree().all()) {
      results.putIfAbsent(placed.step().head().id().name(), Special.UNKNOWN);
    }
  }

  void target(Type type) {
    target = type;
  }

  void fact(String name, Type type) {
    facts.put(name, type);
  }

  void result(String step, Type type) {
    results.put(step, type);
  }

  Map<String, Type> facts() {
    return facts;
  }

  /** What is known without any signal: for defaults of inputs and for detectors. */
  Scope always() {
    return Scope.EMPTY
        .with("params", RootKind.LANGUAGE, params)
        .with("runbook", RootKind.LANGUAGE, LanguageTypes.RUNBOOK)
        .with("now", RootKind.LANGUAGE, Scalar.INSTANT);
  }

  /** What is known as soon as a signal is there: for the target. */
  Scope signalled() {
    return always()
        .with("inputs", RootKind.LANGUAGE, inputs)
        .with("signal", RootKind.LANGUAGE, LanguageTypes.signal(subject.runbook()));
  }

  /**
   * What is known in a run.
   *
   * @param declared all facts, those included whose type is not known yet
   */
  Scope running(Collection<String> declared) {
    Map<String, Type> before = new LinkedHashMap<>();
    declared.forEach(name -> before.put(name, facts.getOrDefault(name, Special.UNKNOWN)));
    Map<String, Type> steps = new LinkedHashMap<>();
    results.forEach((id, result) -> steps.put(id, LanguageTypes.step(id, result)));
    Scope scope =
        signalled()
            .with("target", RootKind.LANGUAGE, target)
            .with("class", RootKind.LANGUAGE, LanguageTypes.classes(subject.runbook()))
            .with("confidence", RootKind.LANGUAGE, Scalar.NUMBER.orNull())
            .with("severity", RootKind.LANGUAGE, LanguageTypes.SEVERITY)
            .with("guardrails", RootKind.LANGUAGE, LanguageTypes.guardrails(subject.runbook()))
            .with("run", RootKind.LANGUAGE, LanguageTypes.RUN)
            .with("before", RootKind.LANGUAGE, RecordType.of("before", before))
            .with("steps", RootKind.LANGUAGE, RecordType.of("steps", steps));
    for (Map.Entry<String, Type> fact : before.entrySet()) {
      if (scope.find(fact.getKey()).isEmpty()) {
        scope = scope.with(fact.getKey(), RootKind.FACT, fact.getValue());
      }
    }
    return scope;
  }
}
