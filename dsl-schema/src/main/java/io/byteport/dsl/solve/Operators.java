package io.byteport.dsl.solve;

import io.byteport.dsl.expr.Expr.ComparisonOperator;
import java.util.List;

/** What the operators of comparisons mean to the solver. */
final class Operators {
  private Operators() {}

  /** What must be so for two terms that are not null to stand to each other in this way, or not. */
  static Formula relation(ComparisonOperator operator, Term left, Term right, boolean holds) {
    if (left.equals(right)) {
      boolean reflexive =
          operator == ComparisonOperator.EQUAL
              || operator == ComparisonOperator.LESS_OR_EQUAL
              || operator == ComparisonOperator.GREATER_OR_EQUAL;
      return reflexive == holds ? Formula.TRUE : Formula.FALSE;
    }
    ComparisonOperator asked = holds ? operator : negated(operator);
    return Formula.is(
        switch (asked) {
          case EQUAL -> new Constraint.Same(left, right, true);
          case NOT_EQUAL -> new Constraint.Same(left, right, false);
          case LESS -> new Constraint.Order(left, right, true);
          case LESS_OR_EQUAL -> new Constraint.Order(left, right, false);
          case GREATER -> new Constraint.Order(right, left, true);
          case GREATER_OR_EQUAL -> new Constraint.Order(right, left, false);
        });
  }

  /** One is null, the other known. */
  static Formula absent(Term term, Term other) {
    return Formula.all(
        List.of(
            Formula.is(new Constraint.Absent(term, true)),
            Formula.is(new Constraint.Known(other))));
  }

  static Range range(ComparisonOperator operator, double bound) {
    return switch (operator) {
      case LESS -> Range.below(bound);
      case LESS_OR_EQUAL -> Range.atMost(bound);
      case GREATER -> Range.above(bound);
      case GREATER_OR_EQUAL -> Range.atLeast(bound);
      case EQUAL -> new Range(bound, false, bound, false);
      case NOT_EQUAL -> Range.ALL;
    };
  }

  static ComparisonOperator negated(ComparisonOperator operator) {
    return switch (operator) {
      case EQUAL -> ComparisonOperator.NOT_EQUAL;
      case NOT_EQUAL -> ComparisonOperator.EQUAL;
      case LESS -> ComparisonOperator.GREATER_OR_EQUAL;
      case LESS_OR_EQUAL -> ComparisonOperator.GREATER;
      case GREATER -> ComparisonOperator.LESS_OR_EQUAL;
      case GREATER_OR_EQUAL -> ComparisonOperator.LESS;
    };
  }

  static ComparisonOperator mirrored(ComparisonOperator operator) {
    return switch (operator) {
      case EQUAL -> ComparisonOperator.EQUAL;
      case NOT_EQUAL -> ComparisonOperator.NOT_EQUAL;
      case LESS -> ComparisonOperator.GREATER;
      case LESS_OR_EQUAL -> ComparisonOperator.GREATER_OR_EQUAL;
      case GREATER -> ComparisonOperator.LESS;
      case GREATER_OR_EQUAL -> ComparisonOperator.LESS_OR_EQUAL;
    };
  }

  static boolean compare(ComparisonOperator operator, Object a, Object b) {
    if (operator == ComparisonOperator.EQUAL) {
      return a.equals(b);
    }
    return a instanceof Double x && b instanceof Double y && range(operator, y).contains(x);
  }
}
