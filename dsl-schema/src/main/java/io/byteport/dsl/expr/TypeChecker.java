package io.byteport.dsl.expr;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.expr.TypedExpr.RootKind;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.type.Assignment;
import io.byteport.dsl.type.LiteralCoercion;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.EnumType;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.MapType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.Type.Special;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.TextValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the names of an expression and gives each part a type. An unknown is reported once and
 * then fits everywhere, so that an error never causes another. A text literal is an enum of its one
 * word, which is how words are checked against enums.
 *
 * <p>Null: a field of null is null, a comparison with null is false, arithmetic with null is
 * undecided; so fields of a nullable are nullable, comparisons and arithmetic are not. A condition
 * may not be null.
 */
public final class TypeChecker {
  private final boolean unfinished;
  private final Scope scope;
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final Deque<Type> elements = new ArrayDeque<>();
  private final Problems problems;

  private TypeChecker(SourceFile file, Expr expr, Scope scope) {
    this.unfinished = holdsInvalid(expr);
    this.scope = scope;
    this.problems = new Problems(file, diagnostics);
  }

  /**
   * Checks an expression.
   *
   * @param expected the type that the place asks for, or null where any will do. A text literal
   *     becomes of that type if it is written so
   * @return the typed expression, if there was no error
   */
  public static Checked<TypedExpr> check(
      SourceFile file, Expr expr, Scope scope, @Nullable Type expected) {
    TypeChecker checker = new TypeChecker(file, expr, scope);
    TypedExpr typed = checker.infer(expr);
    if (expected != null) {
      typed = checker.expect(typed, expected);
    }
    return checker.result(typed);
  }

  /**
   * The type of a part of an expression that may be half written.
   *
   * @param element the type of {@code $} there; null where there is none
   * @return {@link Special#UNKNOWN} where it has an error
   */
  public static Type type(SourceFile file, Expr expr, Scope scope, @Nullable Type element) {
    TypeChecker checker = new TypeChecker(file, expr, scope);
    checker.elements.push(element == null ? Special.UNKNOWN : element);
    return checker.infer(expr).type();
  }

  /** Checks an expression that decides something: a boolean that cannot be null. */
  public static Checked<TypedExpr> checkCondition(SourceFile file, Expr expr, Scope scope) {
    TypeChecker checker = new TypeChecker(file, expr, scope);
    return checker.result(checker.condition(checker.infer(expr)));
  }

  private Checked<TypedExpr> result(TypedExpr typed) {
    boolean usable = diagnostics.stream().noneMatch(Diagnostic::isError) && !unfinished;
    return new Checked<>(usable ? typed : null, diagnostics);
  }

  private static boolean holdsInvalid(Expr expr) {
    if (expr instanceof Expr.Invalid
        || (expr instanceof Expr.Field field && field.name().isEmpty())) {
      return true;
    }
    for (Expr child : expr.children()) {
      if (holdsInvalid(child)) {
        return true;
      }
    }
    return false;
  }

  private TypedExpr expect(TypedExpr typed, Type expected) {
    Type type = typed.type();
    if (Assignment.fits(type, expected) && !(typed instanceof TypedExpr.Literal)) {
      return typed;
    }
    if (typed instanceof TypedExpr.Literal literal
        && type != Special.UNKNOWN
        && LiteralCoercion.coerce(literal.value(), expected) instanceof LiteralCoercion.Fits fits) {
      Type narrowed = fits.value().isNull() ? type : expected.nonNull();
      return new TypedExpr.Literal(fits.value(), narrowed, literal.syntax());
    }
    if (!Assignment.fits(type, expected)) {
      problems.unexpected(typed, expected);
    }
    return typed;
  }

  private TypedExpr condition(TypedExpr typed) {
    Type type = typed.type();
    if (type == Special.UNKNOWN || type == Scalar.BOOLEAN) {
      return typed;
    }
    if (type.nonNull() == Scalar.BOOLEAN) {
      problems.nullableCondition(typed.syntax());
    } else {
      problems.report(
          DiagnosticCode.EXPR_TYPE,
          typed.syntax().span(),
          "expected a condition, found " + Problems.described(typed),
          type == Special.NULL ? null : "compare it with something");
    }
    return unknown(typed.syntax());
  }

  private static TypedExpr unknown(Expr syntax) {
    return new TypedExpr.Literal(Value.NULL, Special.UNKNOWN, syntax);
  }

  /** What could not be read to its end is of no type that could be wrong. */
  private TypedExpr infer(Expr expr) {
    TypedExpr typed = judge(expr);
    return unfinished && holdsInvalid(expr) ? unknown(expr) : typed;
  }

  private TypedExpr judge(Expr expr) {
    return switch (expr) {
      case Expr.Literal literal ->
          new TypedExpr.Literal(literal.value(), typeOf(literal.value()), literal);
      case Expr.ListLiteral list -> list(list);
      case Expr.Name name -> name(name);
      case Expr.Element element -> element(element);
      case Expr.Field field -> field(field);
      case Expr.Index index -> index(index);
      case Expr.Not not -> new TypedExpr.Not(condition(infer(not.operand())), Scalar.BOOLEAN, not);
      case Expr.Negate negate -> negate(negate);
      case Expr.Logical logical ->
          new TypedExpr.Logical(
              logical.operator(),
              condition(infer(logical.left())),
              condition(infer(logical.right())),
              Scalar.BOOLEAN,
              logical);
      case Expr.Comparison comparison -> comparison(comparison);
      case Expr.Arithmetic arithmetic -> arithmetic(arithmetic);
      case Expr.Membership membership -> membership(membership);
      case Expr.Match match -> match(match);
      case Expr.Call call -> call(call);
      case Expr.Invalid invalid -> unknown(invalid);
    };
  }

  /** The type of a literal; of a text the enum of its one word. */
  static Type typeOf(Value value) {
    return switch (value) {
      case Value.NullValue none -> Special.NULL;
      case Value.BooleanValue bool -> Scalar.BOOLEAN;
      case Value.NumberValue number ->
          number.value() == Math.rint(number.value()) ? Scalar.INTEGER : Scalar.NUMBER;
      case TextValue text -> new EnumType(List.of(text.value()));
      case Value.DurationValue duration -> Scalar.DURATION;
      case Value.SizeValue size -> Scalar.SIZE;
      case Value.PercentValue percent -> Scalar.PERCENT;
      case Value.InstantValue instant -> Scalar.INSTANT;
      case Value.ListValue list -> new ListType(Special.UNKNOWN);
      case Value.StructValue struct -> Special.ANY;
    };
  }

  private TypedExpr list(Expr.ListLiteral list) {
    List<TypedExpr> items = new ArrayList<>();
    Type element = Special.UNKNOWN;
    for (Expr syntax : list.items()) {
      TypedExpr item = infer(syntax);
      items.add(item);
      Optional<Type> joined = Assignment.join(element, item.type());
      if (joined.isEmpty()) {
        problems.report(
            DiagnosticCode.EXPR_TYPE,
            syntax.span(),
            "expected a list of one type, `%s` so far, found %s"
                .formatted(Problems.name(element), Problems.described(item)),
            null);
        return unknown(list);
      }
      element = joined.get();
    }
    return new TypedExpr.ListOf(items, new ListType(element), list);
  }

  private TypedExpr name(Expr.Name name) {
    Optional<Scope.Binding> binding = scope.find(name.name());
    if (binding.isEmpty()) {
      problems.unknownName(name, scope.bindings());
      return unknown(name);
    }
    return new TypedExpr.Root(name.name(), binding.get().kind(), binding.get().type(), name);
  }

  private TypedExpr element(Expr.Element element) {
    Type type = elements.peek();
    if (type == null) {
      problems.report(
          DiagnosticCode.EXPR_UNKNOWN_NAME,
          element.span(),
          "expected `$` inside a list function, found it where there is no element",
          "`$` is each element in turn, as in `any(list, $.ready)`");
      return unknown(element);
    }
    return new TypedExpr.Element(type, element);
  }

  private TypedExpr field(Expr.Field field) {
    TypedExpr target = infer(field.target());
    if (field.name().isEmpty()) {
      return unknown(field);
    }
    Type type = target.type();
    Type found =
        switch (type.nonNull()) {
          case RecordType record ->
              record.field(field.name()).orElseGet(() -> problems.unknownField(field, record));
          case Special special ->
              special == Special.NULL ? problems.noFields(field, target) : special;
          default -> problems.noFields(field, target);
        };
    return new TypedExpr.Field(
        target, field.name(), type.mayBeNull() ? found.orNull() : found, field);
  }

  private TypedExpr index(Expr.Index index) {
    TypedExpr target = infer(index.target());
    TypedExpr key = infer(index.key());
    Type wanted =
        switch (target.type().nonNull()) {
          case MapType map -> Scalar.STRING;
          case ListType list -> Scalar.INTEGER;
          default -> Special.UNKNOWN;
        };
    if (!Assignment.fits(key.type().nonNull(), wanted)) {
      problems.unexpected(key, wanted);
    }
    Type found =
        switch (target.type().nonNull()) {
          case MapType map -> map.value().orNull();
          case ListType list -> list.element().orNull();
          case Special special when special != Special.NULL -> special;
          case RecordType record -> problems.indexedRecord(index, record);
          default -> problems.notIndexable(index, target);
        };
    return new TypedExpr.Index(target, key, found, index);
  }

  private TypedExpr negate(Expr.Negate negate) {
    TypedExpr operand = infer(negate.operand());
    Type type = operand.type().nonNull();
    if (type != Special.UNKNOWN && (!Assignment.isOrdered(type) || type == Scalar.INSTANT)) {
      problems.report(
          DiagnosticCode.EXPR_TYPE,
          negate.operand().span(),
          "expected a number or a quantity after `-`, found " + Problems.described(operand),
          null);
      return unknown(negate);
    }
    return new TypedExpr.Negate(operand, type, negate);
  }

  private TypedExpr comparison(Expr.Comparison comparison) {
    TypedExpr left = infer(comparison.left());
    TypedExpr right = infer(comparison.right());
    boolean equality =
        comparison.operator() == Expr.ComparisonOperator.EQUAL
            || comparison.operator() == Expr.ComparisonOperator.NOT_EQUAL;
    problems.comparison(
        left, right, comparison.operatorSpan(), equality, comparison.operator().symbol());
    return new TypedExpr.Comparison(comparison.operator(), left, right, Scalar.BOOLEAN, comparison);
  }

  private TypedExpr arithmetic(Expr.Arithmetic arithmetic) {
    TypedExpr left = infer(arithmetic.left());
    TypedExpr right = infer(arithmetic.right());
    Type a = left.type().nonNull();
    Type b = right.type().nonNull();
    if (a == Special.UNKNOWN || b == Special.UNKNOWN) {
      return unknown(arithmetic);
    }
    Optional<Type> result = ArithmeticTypes.result(arithmetic.operator(), a, b);
    if (result.isEmpty()) {
      problems.arithmetic(arithmetic, left, right);
      return unknown(arithmetic);
    }
    return new TypedExpr.Arithmetic(arithmetic.operator(), left, right, result.get(), arithmetic);
  }

  private TypedExpr membership(Expr.Membership membership) {
    TypedExpr element = infer(membership.element());
    TypedExpr collection = infer(membership.collection());
    switch (collection.type().nonNull()) {
      case ListType list -> problems.member(element, collection, list.element());
      case MapType map -> problems.member(element, collection, Scalar.STRING);
      case Special special when special == Special.UNKNOWN -> {}
      default -> {
        if (Assignment.isText(collection.type())) {
          problems.member(element, collection, Scalar.STRING);
        } else {
          problems.noCollection(collection);
        }
      }
    }
    return new TypedExpr.Membership(element, collection, Scalar.BOOLEAN, membership);
  }

  private TypedExpr match(Expr.Match match) {
    TypedExpr text = infer(match.text());
    TypedExpr pattern = infer(match.pattern());
    Type type = text.type();
    if (type != Special.UNKNOWN && !Assignment.isText(type)) {
      problems.unexpected(text, Scalar.STRING);
    }
    pattern(pattern);
    return new TypedExpr.Match(text, pattern, Scalar.BOOLEAN, match);
  }

  /**
   * A pattern is written down or a parameter: what comes from outside never decides what is looked
   * for.
   */
  private void pattern(TypedExpr pattern) {
    if (pattern.type() == Special.UNKNOWN) {
      return;
    }
    if (pattern instanceof TypedExpr.Literal literal && literal.value() instanceof TextValue text) {
      Optional<String> error = LiteralCoercion.regexError(text.value());
      if (error.isPresent()) {
        problems.report(
            DiagnosticCode.EXPR_BAD_REGEX,
            pattern.syntax().span(),
            "expected a regular expression of RE2's syntax, found " + error.get(),
            "there are no look-arounds and no back-references; a backslash is written twice");
      }
      return;
    }
    boolean parameter =
        pattern instanceof TypedExpr.Field field
            && field.target() instanceof TypedExpr.Root root
            && (root.name().equals("params") || root.name().equals("args"))
            && root.kind() != RootKind.FACT;
    if (!parameter || pattern.type().nonNull() != Scalar.REGEX) {
      problems.report(
          DiagnosticCode.EXPR_CONSTANT_PATTERN,
          pattern.syntax().span(),
          "expected a literal pattern or a parameter of type regex, found "
              + Problems.described(pattern),
          "a pattern never comes from data; for a plain text write `text contains part`");
    }
  }

  private TypedExpr call(Expr.Call call) {
    List<Functions.Typed> overloads = Functions.overloads(call.function());
    if (overloads.isEmpty()) {
      problems.unknownFunction(call);
      call.arguments().forEach(this::inferQuietly);
      return unknown(call);
    }
    List<Functions.Typed> fitting =
        overloads.stream()
            .filter(typed -> takes(typed.function(), call.arguments().size()))
            .toList();
    if (fitting.isEmpty() && unfinished && holdsInvalid(call)) {
      call.arguments().forEach(this::inferQuietly);
      return unknown(call);
    }
    if (fitting.isEmpty()) {
      problems.wrongCount(call, overloads.stream().map(Functions.Typed::function).toList());
      return unknown(call);
    }
    List<TypedExpr> arguments = new ArrayList<>();
    Functions.Typed chosen = fitting.get(0);
    for (int i = 0; i < call.arguments().size(); i++) {
      Expr syntax = call.arguments().get(i);
      if (i > 0 && chosen.function().lambda(i)) {
        arguments.add(overElement(syntax, chosen.function(), i, arguments.get(0).type()));
      } else if (overHistory(call) && i == 0) {
        arguments.add(withoutElement(syntax));
      } else {
        arguments.add(infer(syntax));
      }
      if (i == 0 && fitting.size() > 1) {
        chosen = choose(fitting, arguments.get(0).type());
      }
    }
    return typed(call, chosen, arguments);
  }

  private TypedExpr typed(Expr.Call call, Functions.Typed chosen, List<TypedExpr> arguments) {
    Arguments questions = new Arguments(arguments);
    Type type = chosen.rule().type(questions);
    if (call.function().equals("matches")) {
      pattern(arguments.get(1));
    }
    for (Arguments.Misfit misfit : questions.misfits()) {
      problems.argument(chosen.function(), arguments, misfit);
      type = Special.UNKNOWN;
    }
    return new TypedExpr.Call(chosen.function(), arguments, type, call);
  }

  private static boolean takes(Function function, int arguments) {
    long required = function.parameters().stream().filter(p -> !p.optional()).count();
    return arguments >= required
        && (function.variadic() || arguments <= function.parameters().size());
  }

  /**
   * Of a function over a list and its namesake over plain arguments, the one that the first
   * argument asks for.
   */
  private static Functions.Typed choose(List<Functions.Typed> fitting, Type first) {
    boolean list = Arguments.elementOf(first).isPresent();
    return fitting.stream()
        .filter(typed -> typed.function().parameters().get(0).type().equals("list") == list)
        .findFirst()
        .orElse(fitting.get(0));
  }

  private TypedExpr overElement(Expr syntax, Function function, int index, Type list) {
    elements.push(Arguments.elementOf(list).orElse(Special.UNKNOWN));
    TypedExpr typed = infer(syntax);
    elements.pop();
    int parameter = Math.min(index, function.parameters().size() - 1);
    return function.parameters().get(parameter).type().equals("boolean") ? condition(typed) : typed;
  }

  private static boolean overHistory(Expr.Call call) {
    return call.function().equals("increase") || call.function().equals("rate");
  }

  /** What is looked at over time cannot be an element, which has no history. */
  private TypedExpr withoutElement(Expr syntax) {
    if (!elements.isEmpty() && mentionsElement(syntax)) {
      problems.report(
          DiagnosticCode.EXPR_NOT_ALLOWED,
          syntax.span(),
          "expected a value over facts, found one of `$`, which has no history",
          "take the increase of a fact, as in `increase(pods.restarts, 10m)`");
      return unknown(syntax);
    }
    return infer(syntax);
  }

  private static boolean mentionsElement(Expr expr) {
    return expr instanceof Expr.Element
        || expr.children().stream().anyMatch(TypeChecker::mentionsElement);
  }

  private void inferQuietly(Expr argument) {
    elements.push(Special.UNKNOWN);
    infer(argument);
    elements.pop();
  }
}
