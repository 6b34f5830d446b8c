package io.byteport.dsl.solve;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.ExprParser;
import io.byteport.dsl.expr.Scope;
import io.byteport.dsl.expr.TypeChecker;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.expr.TypedExpr.RootKind;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.SourceMap;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.EnumType;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.MapType;
import io.byteport.dsl.type.Type.Scalar;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The facts that the tests of the solver ask about. */
final class Vocabulary implements Background {
  static final Map<String, Type> FACTS = facts();

  private final Map<String, TypedExpr> definitions = new HashMap<>();
  private Scope scope;

  Vocabulary() {
    scope = Scope.EMPTY.with("now", RootKind.LANGUAGE, Scalar.INSTANT);
    for (Map.Entry<String, Type> fact : FACTS.entrySet()) {
      scope = scope.with(fact.getKey(), RootKind.FACT, fact.getValue());
    }
    scope =
        scope.with(
            "params",
            RootKind.LANGUAGE,
            RecordType.of(
                "params",
                Map.of("few", Scalar.INTEGER, "pattern", Scalar.REGEX, "on", Scalar.BOOLEAN)));
  }

  private static Map<String, Type> facts() {
    Map<String, Type> facts = new LinkedHashMap<>();
    facts.put("n", Scalar.INTEGER);
    facts.put("m", Scalar.INTEGER.orNull());
    facts.put("r", Scalar.NUMBER.orNull());
    facts.put("q", Scalar.NUMBER);
    facts.put("s", Scalar.STRING.orNull());
    facts.put("t", Scalar.STRING);
    facts.put("e", new EnumType(List.of("red", "green", "blue")));
    facts.put("h", new EnumType(List.of("red", "green")).orNull());
    facts.put("f", Scalar.BOOLEAN);
    facts.put("g", Scalar.BOOLEAN.orNull());
    facts.put("d", Scalar.DURATION);
    facts.put("size", Scalar.SIZE.orNull());
    facts.put("used", Scalar.PERCENT);
    facts.put("list", new ListType(Scalar.INTEGER));
    facts.put("maybe", new ListType(Scalar.INTEGER).orNull());
    facts.put("labels", new MapType(Scalar.STRING));
    facts.put("at", Scalar.INSTANT);
    facts.put(
        "node",
        RecordType.of("node", Map.of("ready", Scalar.BOOLEAN, "pods", Scalar.INTEGER)).orNull());
    return facts;
  }

  /** Makes a fact known that is computed. */
  Vocabulary define(String name, String text) {
    TypedExpr typed = typed(text);
    definitions.put(name, typed);
    scope = scope.with(name, RootKind.FACT, typed.type());
    return this;
  }

  TypedExpr typed(String text) {
    SourceFile file = new SourceFile("expression", text);
    Checked<Expr> parsed =
        ExprParser.parse(file, text, SourceMap.straight(0, text.codePointCount(0, text.length())));
    Checked<TypedExpr> typed = TypeChecker.check(file, parsed.value().orElseThrow(), scope, null);
    return typed.value().orElseThrow(() -> new AssertionError(text + ": " + typed.diagnostics()));
  }

  @Override
  public Optional<TypedExpr> definition(String fact) {
    return Optional.ofNullable(definitions.get(fact));
  }

  @Override
  public Range range(String path) {
    return path.equals("params.few") ? new Range(1, false, 3, false) : Range.ALL;
  }
}
