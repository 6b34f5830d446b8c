package io.byteport.engine.eval;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.byteport.dsl.expr.Expr.ComparisonOperator;
import io.byteport.dsl.expr.ExprPrinter;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.type.Assignment;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.Type.Special;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.ListValue;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.dsl.value.Value.TextValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Comparisons and arithmetic. Operands are evaluated first and bound as plain values; what is left
 * is reprinted in canonical form, every operator in parentheses of its own, and computed by MVEL.
 *
 * <p>Arithmetic is printed as a whole up to its divisors, each of which is computed by itself so
 * that none is zero. Numbers in between are not rounded; a result that is not finite, or out of the
 * range of its type, is undecided.
 */
final class Leaves {
  private static final int MAX_PATTERNS = 2_000;

  private final MvelGate gate;
  private final Map<String, Pattern> patterns = new ConcurrentHashMap<>();

  Leaves(MvelGate gate) {
    this.gate = gate;
  }

  /** A number before it is a value of its type, null, or undecided. */
  private sealed interface Raw {
    record Number(double value) implements Raw {}

    record Null() implements Raw {}

    record Unknown(Evaluation.Undecided undecided) implements Raw {}
  }

  // ── arithmetic ────────────────────────────────────────────────────────────────────────────────

  Evaluation arithmetic(TypedExpr expr, Walk walk) {
    return switch (raw(expr, walk)) {
      case Raw.Number number -> raised(expr, number.value());
      case Raw.Null none -> Evaluation.of(Value.NULL);
      case Raw.Unknown unknown -> unknown.undecided();
    };
  }

  private static Evaluation raised(TypedExpr expr, double number) {
    Optional<Value> value = Units.value(number, expr.type());
    return value.isPresent()
        ? Evaluation.of(value.get())
        : Evaluation.because(text(expr), "is out of range");
  }

  private Raw raw(TypedExpr expr, Walk walk) {
    if (!isArithmetic(expr)) {
      return plain(expr, walk);
    }
    Reprint reprint = new Reprint(walk);
    String canonical = reprint.print(expr);
    Raw result;
    if (reprint.unknown.isEmpty()) {
      double number = (Double) gate.evaluate(canonical, reprint.variables.toArray());
      result =
          Double.isFinite(number)
              ? new Raw.Number(number)
              : new Raw.Unknown(Evaluation.because(text(expr), "is out of range"));
    } else {
      result = new Raw.Unknown(Evaluation.merged(reprint.unknown));
    }
    walk.note(
        expr,
        switch (result) {
          case Raw.Number number -> raised(expr, number.value());
          case Raw.Null none -> Evaluation.of(Value.NULL);
          case Raw.Unknown unknown -> unknown.undecided();
        });
    return result;
  }

  private static Raw plain(TypedExpr expr, Walk walk) {
    return switch (walk.evaluate(expr)) {
      case Evaluation.Undecided undecided -> new Raw.Unknown(undecided);
      case Evaluation.Known known when known.value().isNull() -> new Raw.Null();
      case Evaluation.Known known -> {
        var number = Units.number(known.value());
        yield number.isPresent()
            ? new Raw.Number(number.getAsDouble())
            : new Raw.Unknown(Evaluation.because(text(expr), "is not a " + expr.type().nonNull()));
      }
    };
  }

  private static boolean isArithmetic(TypedExpr expr) {
    return expr instanceof TypedExpr.Arithmetic || expr instanceof TypedExpr.Negate;
  }

  /** One piece of arithmetic on its way to canonical text. */
  private final class Reprint {
    private final Walk walk;
    private final List<Object> variables = new ArrayList<>();
    private final List<Evaluation.Undecided> unknown = new ArrayList<>();

    Reprint(Walk walk) {
      this.walk = walk;
    }

    String print(TypedExpr expr) {
      return switch (expr) {
        case TypedExpr.Negate negate -> "(0.0 - " + print(negate.operand()) + ")";
        case TypedExpr.Arithmetic arithmetic -> operation(arithmetic);
        default -> variable(expr, plain(expr, walk));
      };
    }

    private String operation(TypedExpr.Arithmetic arithmetic) {
      Type left = arithmetic.left().type().nonNull();
      Type right = arithmetic.right().type().nonNull();
      boolean scaled = arithmetic.type() != Scalar.PERCENT;
      String first = print(arithmetic.left());
      return switch (arithmetic.operator()) {
        case ADD -> "(" + first + " + " + print(arithmetic.right()) + ")";
        case SUBTRACT -> "(" + first + " - " + print(arithmetic.right()) + ")";
        case MULTIPLY -> {
          String product = "(" + first + " * " + print(arithmetic.right()) + ")";
          boolean percent = left == Scalar.PERCENT || right == Scalar.PERCENT;
          yield scaled && percent ? "(" + product + " / 100.0)" : product;
        }
        case DIVIDE -> {
          String divisor = divisor(arithmetic);
          boolean percent = right == Scalar.PERCENT && left != Scalar.PERCENT;
          yield "(" + (percent ? "(" + first + " * 100.0)" : first) + " / " + divisor + ")";
        }
      };
    }

    private String divisor(TypedExpr.Arithmetic division) {
      Raw divisor = raw(division.right(), walk);
      if (divisor instanceof Raw.Number number && number.value() == 0) {
        unknown.add(Evaluation.because(text(division), "divides by zero"));
        return "1.0";
      }
      return variable(division.right(), divisor);
    }

    private String variable(TypedExpr expr, Raw raw) {
      switch (raw) {
        case Raw.Number number -> {
          variables.add(number.value());
          return "v" + (variables.size() - 1);
        }
        case Raw.Null none -> unknown.add(Evaluation.because(text(expr), "is null"));
        case Raw.Unknown undecided -> unknown.add(undecided.undecided());
      }
      return "1.0";
    }
  }

  // ── comparisons ───────────────────────────────────────────────────────────────────────────────

  Evaluation comparison(TypedExpr.Comparison comparison, Walk walk) {
    ComparisonOperator operator = comparison.operator();
    boolean negated = operator == ComparisonOperator.NOT_EQUAL;
    boolean equality = negated || operator == ComparisonOperator.EQUAL;
    if (equality && isNull(comparison.left())) {
      return nullTest(comparison.right(), comparison.left(), negated, walk);
    }
    if (equality && isNull(comparison.right())) {
      return nullTest(comparison.left(), comparison.right(), negated, walk);
    }
    return Assignment.isOrdered(comparison.left().type())
        ? numbers(comparison, negated, walk)
        : others(comparison, negated, walk);
  }

  private static boolean isNull(TypedExpr expr) {
    return expr.type() == Special.NULL;
  }

  /** A comparison with the word {@code null}, which asks whether there is a value. */
  private static Evaluation nullTest(TypedExpr expr, TypedExpr none, boolean negated, Walk walk) {
    walk.evaluate(none);
    return switch (walk.evaluate(expr)) {
      case Evaluation.Undecided undecided -> undecided;
      case Evaluation.Known known -> Evaluation.of(known.value().isNull() != negated);
    };
  }

  private Evaluation numbers(TypedExpr.Comparison comparison, boolean negated, Walk walk) {
    Raw left = raw(comparison.left(), walk);
    Raw right = raw(comparison.right(), walk);
    List<Evaluation.Undecided> unknown = new ArrayList<>();
    for (Raw side : List.of(left, right)) {
      if (side instanceof Raw.Unknown undecided) {
        unknown.add(undecided.undecided());
      }
    }
    if (!unknown.isEmpty()) {
      return Evaluation.merged(unknown);
    }
    if (left instanceof Raw.Number a && right instanceof Raw.Number b) {
      return computed(comparison.operator().symbol(), a.value(), b.value());
    }
    return Evaluation.of(negated);
  }

  private Evaluation others(TypedExpr.Comparison comparison, boolean negated, Walk walk) {
    Type type =
        Assignment.join(comparison.left().type().nonNull(), comparison.right().type().nonNull())
            .orElse(Special.ANY);
    return walk.both(
        comparison.left(),
        comparison.right(),
        (left, right) ->
            left.isNull() || right.isNull()
                ? Evaluation.of(negated)
                : computed(
                    comparison.operator().symbol(), Units.key(left, type), Units.key(right, type)));
  }

  private Evaluation computed(String operator, Object left, Object right) {
    return Evaluation.of((Boolean) gate.evaluate("(v0 " + operator + " v1)", left, right));
  }

  // ── membership and patterns ───────────────────────────────────────────────────────────────────

  Evaluation membership(TypedExpr.Membership membership, Walk walk) {
    return walk.both(
        membership.element(),
        membership.collection(),
        (element, collection) ->
            element.isNull() || collection.isNull()
                ? Evaluation.of(false)
                : contains(membership, element, collection));
  }

  private Evaluation contains(TypedExpr.Membership membership, Value element, Value collection) {
    return switch (collection) {
      case TextValue text -> contained(text.value(), Units.key(element, Scalar.STRING));
      case StructValue map ->
          contained(List.copyOf(map.fields().keySet()), Units.key(element, Scalar.STRING));
      case ListValue list -> {
        Type type = elementType(membership);
        List<Object> keys = new ArrayList<>();
        for (Value item : list.items()) {
          if (!item.isNull()) {
            keys.add(Units.key(item, type));
          }
        }
        yield contained(keys, Units.key(element, type));
      }
      default -> Evaluation.of(false);
    };
  }

  private static Type elementType(TypedExpr.Membership membership) {
    Type type = membership.element().type().nonNull();
    return membership.collection().type().nonNull() instanceof ListType list
        ? Assignment.join(type, list.element().nonNull()).orElse(type)
        : type;
  }

  private Evaluation contained(Object collection, Object element) {
    return Evaluation.of((Boolean) gate.evaluate("(v0 contains v1)", collection, element));
  }

  Evaluation match(TypedExpr.Match match, Walk walk) {
    return walk.both(
        match.text(),
        match.pattern(),
        (text, pattern) ->
            text instanceof TextValue t && pattern instanceof TextValue p
                ? found(t.value(), p.value(), false)
                : Evaluation.of(false));
  }

  /** Whether a pattern is found in a text, or fits the whole of it. */
  Evaluation found(String text, String pattern, boolean whole) {
    Pattern compiled = patterns.get(pattern);
    if (compiled == null) {
      try {
        compiled = Pattern.compile(pattern);
      } catch (PatternSyntaxException e) {
        return Evaluation.because(ExprPrinter.quoted(pattern), "is not a regular expression");
      }
      if (patterns.size() < MAX_PATTERNS) {
        patterns.put(pattern, compiled);
      }
    }
    return Evaluation.of(whole ? compiled.matches(text) : compiled.matcher(text).find());
  }

  private static String text(TypedExpr expr) {
    return ExprPrinter.print(expr.syntax());
  }
}
