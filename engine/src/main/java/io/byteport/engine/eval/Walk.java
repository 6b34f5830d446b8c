package io.byteport.engine.eval;

import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.ExprPrinter;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.type.Type.Special;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.BooleanValue;
import io.byteport.dsl.value.Value.ListValue;
import io.byteport.dsl.value.Value.NumberValue;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.dsl.value.Value.TextValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** One evaluation of one expression in one environment. Used by one thread. */
final class Walk {
  private final Leaves leaves;
  private final Library library;
  private final Environment environment;
  private final Trace trace;
  private final Deque<Value> elements;

  Walk(Leaves leaves, Library library, Environment environment, Trace trace) {
    this(leaves, library, environment, trace, new ArrayDeque<>());
  }

  private Walk(
      Leaves leaves, Library library, Environment environment, Trace trace, Deque<Value> elements) {
    this.leaves = leaves;
    this.library = library;
    this.environment = environment;
    this.trace = trace;
    this.elements = elements;
  }

  Environment environment() {
    return environment;
  }

  Leaves leaves() {
    return leaves;
  }

  /** This walk in another environment, as of another time. */
  Walk in(Environment other) {
    return new Walk(leaves, library, other, Trace.NONE, elements);
  }

  /** What comes of an expression over {@code $} for one element. */
  Evaluation over(Value element, TypedExpr expr) {
    Walk inner = new Walk(leaves, library, environment, Trace.NONE, elements);
    elements.push(element);
    try {
      return inner.evaluate(expr);
    } finally {
      elements.pop();
    }
  }

  void note(TypedExpr expr, Evaluation evaluation) {
    trace.note(expr, evaluation);
  }

  Evaluation evaluate(TypedExpr expr) {
    Evaluation evaluation =
        switch (expr) {
          case TypedExpr.Literal literal -> Evaluation.of(literal.value());
          case TypedExpr.ListOf list -> list(list);
          case TypedExpr.Root root -> root(root);
          case TypedExpr.Element element -> Evaluation.of(elements.getFirst());
          case TypedExpr.Field field -> field(field);
          case TypedExpr.Index index ->
              both(index.target(), index.key(), (target, key) -> Evaluation.of(at(target, key)));
          case TypedExpr.Not not -> not(not);
          case TypedExpr.Logical logical -> logical(logical);
          case TypedExpr.Negate negate -> leaves.arithmetic(negate, this);
          case TypedExpr.Arithmetic arithmetic -> leaves.arithmetic(arithmetic, this);
          case TypedExpr.Comparison comparison -> leaves.comparison(comparison, this);
          case TypedExpr.Membership membership -> leaves.membership(membership, this);
          case TypedExpr.Match match -> leaves.match(match, this);
          case TypedExpr.Call call -> library.call(call, this);
        };
    trace.note(expr, evaluation);
    return evaluation;
  }

  /** What a step makes of two values; undecided with the causes of both where one is not known. */
  Evaluation both(TypedExpr first, TypedExpr second, BinaryStep step) {
    Evaluation left = evaluate(first);
    Evaluation right = evaluate(second);
    if (left instanceof Evaluation.Known a && right instanceof Evaluation.Known b) {
      return step.apply(a.value(), b.value());
    }
    return undecided(left, right);
  }

  /** Makes something of two known values. */
  interface BinaryStep {
    Evaluation apply(Value left, Value right);
  }

  private static Evaluation undecided(Evaluation... parts) {
    List<Evaluation.Undecided> unknown = new ArrayList<>();
    for (Evaluation part : parts) {
      if (part instanceof Evaluation.Undecided undecided) {
        unknown.add(undecided);
      }
    }
    return Evaluation.merged(unknown);
  }

  private Evaluation list(TypedExpr.ListOf list) {
    List<Value> items = new ArrayList<>();
    List<Evaluation.Undecided> unknown = new ArrayList<>();
    for (TypedExpr item : list.items()) {
      switch (evaluate(item)) {
        case Evaluation.Known known -> items.add(known.value());
        case Evaluation.Undecided undecided -> unknown.add(undecided);
      }
    }
    return unknown.isEmpty() ? Evaluation.of(Value.of(items)) : Evaluation.merged(unknown);
  }

  private Evaluation root(TypedExpr.Root root) {
    return isNow(root) ? Evaluation.of(Value.of(environment.now())) : environment.root(root.name());
  }

  private static boolean isNow(TypedExpr.Root root) {
    return root.kind() == TypedExpr.RootKind.LANGUAGE && root.name().equals("now");
  }

  /**
   * A field that is never null has a value or is not known; a record that lacks it, as a test's
   * may, does not make it null.
   */
  private Evaluation field(TypedExpr.Field field) {
    Evaluation evaluation = access(field);
    return evaluation instanceof Evaluation.Known known
            && known.value().isNull()
            && !field.type().mayBeNull()
            && field.type() != Special.UNKNOWN
        ? Evaluation.because(ExprPrinter.print(field.syntax()), "is not known")
        : evaluation;
  }

  private Evaluation access(TypedExpr.Field field) {
    if (field.target() instanceof TypedExpr.Root root && !isNow(root)) {
      return environment.member(root.name(), field.name());
    }
    return switch (evaluate(field.target())) {
      case Evaluation.Undecided undecided -> undecided;
      case Evaluation.Known known ->
          Evaluation.of(
              known.value() instanceof StructValue struct ? struct.get(field.name()) : Value.NULL);
    };
  }

  private static Value at(Value target, Value key) {
    if (target instanceof StructValue struct && key instanceof TextValue name) {
      return struct.get(name.value());
    }
    if (target instanceof ListValue list && key instanceof NumberValue number) {
      double index = number.value();
      return index >= 0 && index < list.items().size() ? list.items().get((int) index) : Value.NULL;
    }
    return Value.NULL;
  }

  private Evaluation not(TypedExpr.Not not) {
    return switch (condition(not.operand())) {
      case Evaluation.Undecided undecided -> undecided;
      case Evaluation.Known known -> Evaluation.of(!Evaluation.of(known.value()).isTrue());
    };
  }

  private Evaluation logical(TypedExpr.Logical logical) {
    Evaluation left = condition(logical.left());
    Evaluation right = condition(logical.right());
    boolean decisive = logical.operator() == Expr.LogicalOperator.OR;
    if (decisive ? left.isTrue() || right.isTrue() : left.isFalse() || right.isFalse()) {
      return Evaluation.of(decisive);
    }
    if (left instanceof Evaluation.Known && right instanceof Evaluation.Known) {
      return Evaluation.of(!decisive);
    }
    return undecided(left, right);
  }

  /**
   * A verdict. The type checker lets no null through; should the environment break its word, the
   * verdict is undecided, not guessed.
   */
  Evaluation condition(TypedExpr expr) {
    Evaluation evaluation = evaluate(expr);
    return evaluation instanceof Evaluation.Known known && !(known.value() instanceof BooleanValue)
        ? Evaluation.because(ExprPrinter.print(expr.syntax()), "is neither true nor false")
        : evaluation;
  }

  /** The same for one element. */
  Evaluation conditionOver(Value element, TypedExpr expr) {
    Evaluation evaluation = over(element, expr);
    return evaluation instanceof Evaluation.Known known && !(known.value() instanceof BooleanValue)
        ? Evaluation.because(ExprPrinter.print(expr.syntax()), "is neither true nor false")
        : evaluation;
  }
}
