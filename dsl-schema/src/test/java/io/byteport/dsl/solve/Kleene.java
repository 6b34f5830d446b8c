package io.byteport.dsl.solve;

import com.google.re2j.Pattern;
import io.byteport.dsl.expr.Expr.ComparisonOperator;
import io.byteport.dsl.expr.Expr.LogicalOperator;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.type.Type.Special;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.BooleanValue;
import io.byteport.dsl.value.Value.ListValue;
import io.byteport.dsl.value.Value.NumberValue;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.dsl.value.Value.TextValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What conditions mean, written down a second time: three-valued, null apart from what is
 * unavailable. A Java null stands for undecided. It shares no code with the solver.
 */
final class Kleene {
  private static final Map<String, Pattern> PATTERNS = new HashMap<>();

  private Kleene() {}

  /** What is known: a fact that is missing is unavailable. */
  interface Facts {
    @Nullable Value fact(String name);
  }

  /** True, false, or null for undecided. */
  static @Nullable Boolean verdict(TypedExpr expr, Facts facts) {
    return value(expr, facts) instanceof BooleanValue bool ? (Boolean) bool.value() : null;
  }

  static @Nullable Value value(TypedExpr expr, Facts facts) {
    return switch (expr) {
      case TypedExpr.Literal literal -> literal.value();
      case TypedExpr.Root root -> facts.fact(root.name());
      case TypedExpr.Field field -> {
        Value target = value(field.target(), facts);
        yield target == null
            ? null
            : target instanceof StructValue struct ? struct.get(field.name()) : Value.NULL;
      }
      case TypedExpr.Not not -> {
        Boolean verdict = verdict(not.operand(), facts);
        yield verdict == null ? null : Value.of(!verdict);
      }
      case TypedExpr.Logical logical -> {
        Boolean left = verdict(logical.left(), facts);
        Boolean right = verdict(logical.right(), facts);
        Boolean strong = logical.operator() == LogicalOperator.OR;
        yield strong.equals(left) || strong.equals(right)
            ? Value.of(strong)
            : left == null || right == null ? null : Value.of(!strong);
      }
      case TypedExpr.ListOf list -> list(list, facts);
      case TypedExpr.Comparison comparison -> comparison(comparison, facts);
      case TypedExpr.Membership member -> membership(member, facts);
      case TypedExpr.Match match ->
          texts(
              match.text(),
              match.pattern(),
              facts,
              (text, pattern) ->
                  PATTERNS.computeIfAbsent(pattern, Pattern::compile).matcher(text).find());
      case TypedExpr.Call call -> call(call, facts);
      default -> throw new IllegalArgumentException("not in the tests: " + expr);
    };
  }

  private static @Nullable Value list(TypedExpr.ListOf list, Facts facts) {
    List<Value> items = new ArrayList<>();
    for (TypedExpr item : list.items()) {
      Value value = value(item, facts);
      if (value == null) {
        return null;
      }
      items.add(value);
    }
    return Value.of(items);
  }

  private static @Nullable Value comparison(TypedExpr.Comparison comparison, Facts facts) {
    Value left = value(comparison.left(), facts);
    Value right = value(comparison.right(), facts);
    if (left == null || right == null) {
      return null;
    }
    ComparisonOperator operator = comparison.operator();
    boolean test =
        comparison.left().type() == Special.NULL || comparison.right().type() == Special.NULL;
    if (left.isNull() || right.isNull()) {
      boolean equal = test && left.isNull() && right.isNull();
      return Value.of(
          operator == ComparisonOperator.EQUAL
              ? equal
              : operator == ComparisonOperator.NOT_EQUAL && !equal);
    }
    if (!(left instanceof NumberValue a) || !(right instanceof NumberValue b)) {
      return Value.of(left.equals(right) == (operator == ComparisonOperator.EQUAL));
    }
    return Value.of(
        switch (operator) {
          case EQUAL -> a.value() == b.value();
          case NOT_EQUAL -> a.value() != b.value();
          case LESS -> a.value() < b.value();
          case LESS_OR_EQUAL -> a.value() <= b.value();
          case GREATER -> a.value() > b.value();
          case GREATER_OR_EQUAL -> a.value() >= b.value();
        });
  }

  private static @Nullable Value membership(TypedExpr.Membership member, Facts facts) {
    Value element = value(member.element(), facts);
    Value collection = value(member.collection(), facts);
    if (element == null || collection == null) {
      return null;
    }
    return Value.of(
        !element.isNull()
            && switch (collection) {
              case ListValue list -> list.items().contains(element);
              case TextValue text -> text.value().contains(((TextValue) element).value());
              default -> false;
            });
  }

  private interface OfTexts {
    boolean test(String first, String second);
  }

  private static @Nullable Value texts(
      TypedExpr first, TypedExpr second, Facts facts, OfTexts test) {
    Value a = value(first, facts);
    Value b = value(second, facts);
    if (a == null || b == null) {
      return null;
    }
    return Value.of(
        a instanceof TextValue x && b instanceof TextValue y && test.test(x.value(), y.value()));
  }

  private static @Nullable Value call(TypedExpr.Call call, Facts facts) {
    TypedExpr first = call.arguments().get(0);
    return switch (call.function().name()) {
      case "startsWith" -> texts(first, call.arguments().get(1), facts, String::startsWith);
      case "endsWith" -> texts(first, call.arguments().get(1), facts, String::endsWith);
      case "matches" ->
          texts(
              first,
              call.arguments().get(1),
              facts,
              (text, pattern) -> PATTERNS.computeIfAbsent(pattern, Pattern::compile).matches(text));
      case "coalesce" -> {
        Value value = value(first, facts);
        yield value != null && value.isNull() ? value(call.arguments().get(1), facts) : value;
      }
      case "count" ->
          switch (value(first, facts)) {
            case ListValue list -> Value.of((double) list.items().size());
            case null -> null;
            default -> Value.NULL;
          };
      default -> throw new IllegalArgumentException("not in the tests: " + call.function().name());
    };
  }
}
