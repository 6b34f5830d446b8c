package io.byteport.engine.eval;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.ExprParser;
import io.byteport.dsl.expr.Scope;
import io.byteport.dsl.expr.TypeChecker;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.expr.TypedExpr.RootKind;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.SourceMap;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A scope and the environment that goes with it, for tests: names with types and values. */
final class Typed implements Environment {
  static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");

  private final Map<String, Evaluation> roots = new LinkedHashMap<>();
  private final List<Sample> history = new ArrayList<>();
  private Scope scope = Scope.EMPTY.with("now", RootKind.LANGUAGE, Type.Scalar.INSTANT);

  Typed fact(String name, Type type, Value value) {
    return fact(name, type, Evaluation.of(value));
  }

  Typed fact(String name, Type type, Evaluation evaluation) {
    return name(RootKind.FACT, name, type, evaluation);
  }

  Typed name(RootKind kind, String name, Type type, Evaluation evaluation) {
    scope = scope.with(name, kind, type);
    roots.put(name, evaluation);
    return this;
  }

  Typed unavailable(String name, Type type, String reason) {
    return fact(name, type, Evaluation.because(name, reason));
  }

  Typed sample(String time, Map<String, Evaluation> then) {
    history.add(new Sample(Instant.parse(time), then));
    return this;
  }

  @Override
  public Evaluation root(String name) {
    Evaluation found = roots.get(name);
    if (found == null) {
      throw new AssertionError("asked for " + name);
    }
    return found;
  }

  @Override
  public Instant now() {
    return NOW;
  }

  @Override
  public List<Sample> history() {
    return history;
  }

  Checked<TypedExpr> check(String text) {
    SourceFile file = new SourceFile("expression", text);
    Checked<Expr> parsed =
        ExprParser.parse(file, text, SourceMap.straight(0, text.codePointCount(0, text.length())));
    return parsed.hasErrors()
        ? new Checked<>(null, parsed.diagnostics())
        : TypeChecker.check(file, parsed.value().orElseThrow(), scope, null);
  }

  TypedExpr typed(String text) {
    Checked<TypedExpr> checked = check(text);
    return checked
        .value()
        .orElseThrow(
            () -> new AssertionError(text + ": " + checked.diagnostics().get(0).message()));
  }

  Evaluation evaluate(String text) {
    return new Evaluator().evaluate(typed(text), this);
  }

  /** The verdict as people read it: {@code true}, {@code 5m}, or {@code undecided (pod: gone)}. */
  String verdict(String text) {
    return switch (evaluate(text)) {
      case Evaluation.Known known -> ValuePrinter.print(known.value(), typed(text).type());
      case Evaluation.Undecided undecided -> "undecided (" + undecided.reason() + ")";
    };
  }
}
