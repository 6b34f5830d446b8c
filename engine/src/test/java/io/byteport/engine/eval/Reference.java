package io.byteport.engine.eval;

import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.BooleanValue;
import io.byteport.dsl.value.Value.DurationValue;
import io.byteport.dsl.value.Value.InstantValue;
import io.byteport.dsl.value.Value.ListValue;
import io.byteport.dsl.value.Value.NumberValue;
import io.byteport.dsl.value.Value.PercentValue;
import io.byteport.dsl.value.Value.SizeValue;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.dsl.value.Value.TextValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What the language means, written down a second time and as plainly as possible: a walk over the
 * tree in Java's own arithmetic. It knows no MVEL and shares no code with the evaluator. Undecided
 * is an empty result; null is {@link Value#NULL}.
 */
final class Reference {
  private final Typed names;

  Reference(Typed names) {
    this.names = names;
  }

  Optional<Value> evaluate(TypedExpr expr) {
    return switch (expr) {
      case TypedExpr.Literal literal -> Optional.of(literal.value());
      case TypedExpr.Root root ->
          root.name().equals("now")
              ? Optional.of(Value.of(names.now()))
              : names.root(root.name()).known();
      case TypedExpr.Field field ->
          evaluate(field.target())
              .map(v -> v instanceof StructValue struct ? struct.get(field.name()) : Value.NULL);
      case TypedExpr.Not not -> evaluate(not.operand()).map(v -> Value.of(!bool(v)));
      case TypedExpr.Logical logical -> logical(logical);
      case TypedExpr.Comparison comparison -> comparison(comparison);
      case TypedExpr.Membership member -> membership(member);
      case TypedExpr.ListOf list -> {
        var items = list.items().stream().map(this::evaluate).toList();
        yield items.stream().anyMatch(Optional::isEmpty)
            ? Optional.empty()
            : Optional.of(Value.of(items.stream().map(Optional::orElseThrow).toList()));
      }
      case TypedExpr.Arithmetic arithmetic -> raise(number(arithmetic), arithmetic.type());
      case TypedExpr.Negate negate -> raise(number(negate), negate.type());
      default -> throw new IllegalArgumentException("not in the generator: " + expr);
    };
  }

  private static boolean bool(Value value) {
    return ((BooleanValue) value).value();
  }

  private Optional<Value> logical(TypedExpr.Logical logical) {
    Optional<Value> left = evaluate(logical.left());
    Optional<Value> right = evaluate(logical.right());
    boolean or = logical.operator() == Expr.LogicalOperator.OR;
    if (left.filter(v -> bool(v) == or).isPresent()
        || right.filter(v -> bool(v) == or).isPresent()) {
      return Optional.of(Value.of(or));
    }
    return left.isPresent() && right.isPresent() ? Optional.of(Value.of(!or)) : Optional.empty();
  }

  private Optional<Value> comparison(TypedExpr.Comparison comparison) {
    TypedExpr left = comparison.left();
    TypedExpr right = comparison.right();
    boolean nullTest = left.type() == Type.Special.NULL || right.type() == Type.Special.NULL;
    if (isArithmetic(left) || isArithmetic(right) || (!nullTest && isNumeric(left.type()))) {
      return numeric(comparison);
    }
    Optional<Value> a = evaluate(left);
    Optional<Value> b = evaluate(right);
    if (a.isEmpty() || b.isEmpty()) {
      return Optional.empty();
    }
    boolean bothNull = a.get().isNull() && b.get().isNull();
    boolean anyNull = a.get().isNull() || b.get().isNull();
    boolean equal = nullTest ? bothNull : !anyNull && a.get().equals(b.get());
    return Optional.of(Value.of((comparison.operator() == Expr.ComparisonOperator.EQUAL) == equal));
  }

  private Optional<Value> numeric(TypedExpr.Comparison comparison) {
    Number left = number(comparison.left());
    Number right = number(comparison.right());
    if (left.state == State.UNDECIDED || right.state == State.UNDECIDED) {
      return Optional.empty();
    }
    boolean negated = comparison.operator() == Expr.ComparisonOperator.NOT_EQUAL;
    if (left.state == State.NULL || right.state == State.NULL) {
      boolean test =
          comparison.left().type() == Type.Special.NULL
              || comparison.right().type() == Type.Special.NULL;
      boolean equal = test && left.state == right.state;
      return Optional.of(Value.of(negated ? !equal : equal));
    }
    double a = left.value;
    double b = right.value;
    return Optional.of(
        Value.of(
            switch (comparison.operator()) {
              case EQUAL -> a == b;
              case NOT_EQUAL -> a != b;
              case LESS -> a < b;
              case LESS_OR_EQUAL -> a <= b;
              case GREATER -> a > b;
              case GREATER_OR_EQUAL -> a >= b;
            }));
  }

  private Optional<Value> membership(TypedExpr.Membership member) {
    Optional<Value> element = evaluate(member.element());
    Optional<Value> collection = evaluate(member.collection());
    if (element.isEmpty() || collection.isEmpty()) {
      return Optional.empty();
    }
    boolean found =
        !element.get().isNull()
            && switch (collection.get()) {
              case ListValue list -> list.items().contains(element.get());
              case TextValue text -> text.value().contains(((TextValue) element.get()).value());
              default -> false;
            };
    return Optional.of(Value.of(found));
  }

  private enum State {
    NUMBER,
    NULL,
    UNDECIDED
  }

  private record Number(State state, double value) {
    static Number of(double value) {
      return Double.isFinite(value) ? new Number(State.NUMBER, value) : UNDECIDED;
    }

    static final Number NONE = new Number(State.NULL, 0);
    static final Number UNDECIDED = new Number(State.UNDECIDED, 0);
  }

  private static boolean isArithmetic(TypedExpr expr) {
    return expr instanceof TypedExpr.Arithmetic || expr instanceof TypedExpr.Negate;
  }

  private static boolean isNumeric(Type type) {
    return type.nonNull() instanceof Scalar scalar
        && scalar.compareTo(Scalar.STRING) > 0
        && scalar.compareTo(Scalar.INSTANT) <= 0
        && scalar != Scalar.BOOLEAN;
  }

  private Number number(TypedExpr expr) {
    if (expr instanceof TypedExpr.Negate negate) {
      Number operand = number(negate.operand());
      return operand.state == State.NUMBER ? Number.of(-operand.value) : Number.UNDECIDED;
    }
    if (expr instanceof TypedExpr.Arithmetic arithmetic) {
      Number left = number(arithmetic.left());
      Number right = number(arithmetic.right());
      return left.state == State.NUMBER && right.state == State.NUMBER
          ? operate(arithmetic, left.value, right.value)
          : Number.UNDECIDED;
    }
    Optional<Value> value = evaluate(expr);
    if (value.isEmpty()) {
      return Number.UNDECIDED;
    }
    return switch (value.get()) {
      case NumberValue number -> Number.of(number.value());
      case DurationValue duration -> Number.of(duration.value().toNanos() / 1e6);
      case SizeValue size -> Number.of(size.value().bytes());
      case PercentValue percent -> Number.of(percent.value().points());
      case InstantValue instant -> Number.of(instant.value().toEpochMilli());
      default -> Number.NONE;
    };
  }

  private static Number operate(TypedExpr.Arithmetic arithmetic, double a, double b) {
    boolean percentLeft = arithmetic.left().type().nonNull() == Scalar.PERCENT;
    boolean percentRight = arithmetic.right().type().nonNull() == Scalar.PERCENT;
    return switch (arithmetic.operator()) {
      case ADD -> Number.of(a + b);
      case SUBTRACT -> Number.of(a - b);
      case MULTIPLY ->
          Number.of(
              (percentLeft || percentRight) && arithmetic.type() != Scalar.PERCENT
                  ? a * b / 100
                  : a * b);
      case DIVIDE ->
          b == 0 ? Number.UNDECIDED : Number.of(percentRight && !percentLeft ? a * 100 / b : a / b);
    };
  }

  private static Optional<Value> raise(Number number, Type type) {
    if (number.state != State.NUMBER) {
      return Optional.empty();
    }
    double value = number.value;
    return switch ((Scalar) type.nonNull()) {
      case DURATION ->
          Math.abs(value * 1e6) < 0x1p63
              ? Optional.of(Value.of(Duration.ofNanos(nanos(value))))
              : Optional.empty();
      case INSTANT ->
          Math.abs(value * 1e6) < 0x1p63
              ? Optional.of(Value.of(Instant.EPOCH.plusNanos(nanos(value))))
              : Optional.empty();
      case SIZE ->
          Math.abs(value) < 0x1p63
              ? Optional.of(Value.of(new DataSize(Math.round(value))))
              : Optional.empty();
      case PERCENT -> Optional.of(Value.of(new Percent(value)));
      default -> Optional.of(Value.of(value));
    };
  }

  /** Whole milliseconds first, since a double holds no nanoseconds of years. */
  private static long nanos(double millis) {
    double whole = Math.floor(millis);
    return Math.addExact(
        Math.multiplyExact((long) whole, 1_000_000L), Math.round((millis - whole) * 1e6));
  }

  static boolean agree(Optional<Value> reference, Evaluation evaluation) {
    return Objects.equals(reference, evaluation.known());
  }
}
