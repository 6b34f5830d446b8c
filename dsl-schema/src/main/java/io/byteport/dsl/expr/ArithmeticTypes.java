package io.byteport.dsl.expr;

import static io.byteport.dsl.type.Type.Scalar.DURATION;
import static io.byteport.dsl.type.Type.Scalar.INSTANT;
import static io.byteport.dsl.type.Type.Scalar.INTEGER;
import static io.byteport.dsl.type.Type.Scalar.NUMBER;
import static io.byteport.dsl.type.Type.Scalar.PERCENT;
import static io.byteport.dsl.type.Type.Scalar.SIZE;

import io.byteport.dsl.expr.Expr.ArithmeticOperator;
import io.byteport.dsl.type.Assignment;
import io.byteport.dsl.type.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What arithmetic is defined on. Quantities add up with their own kind; an instant moves by a
 * duration; a duration, size or percent is multiplied and divided by a number, a duration or size
 * by a percent too; two of a kind divide to a number.
 */
final class ArithmeticTypes {
  private ArithmeticTypes() {}

  /** The type of the result for two types without null, or empty where there is none. */
  static Optional<Type> result(ArithmeticOperator operator, Type a, Type b) {
    return Optional.ofNullable(
        switch (operator) {
          case ADD ->
              (a == INSTANT && b == DURATION) || (a == DURATION && b == INSTANT)
                  ? INSTANT
                  : same(a, b);
          case SUBTRACT -> a == INSTANT ? lessFromInstant(b) : same(a, b);
          case MULTIPLY -> product(a, b);
          case DIVIDE -> quotient(a, b);
        });
  }

  private static @Nullable Type same(Type a, Type b) {
    if (a == INTEGER && b == INTEGER) {
      return INTEGER;
    }
    if (Assignment.isNumber(a) && Assignment.isNumber(b)) {
      return NUMBER;
    }
    return a.equals(b) && isQuantity(a) ? a : null;
  }

  private static @Nullable Type lessFromInstant(Type b) {
    return b == INSTANT ? DURATION : b == DURATION ? INSTANT : null;
  }

  private static @Nullable Type product(Type a, Type b) {
    if (Assignment.isNumber(a) && Assignment.isNumber(b)) {
      return same(a, b);
    }
    if (isQuantity(a) && scales(b, a)) {
      return a;
    }
    return isQuantity(b) && scales(a, b) ? b : null;
  }

  private static @Nullable Type quotient(Type a, Type b) {
    boolean numbers = Assignment.isNumber(a) && Assignment.isNumber(b);
    if (numbers || (isQuantity(a) && a.equals(b))) {
      return NUMBER;
    }
    return isQuantity(a) && scales(b, a) ? a : null;
  }

  /** Whether a quantity may be multiplied or divided by a factor. */
  private static boolean scales(Type factor, Type quantity) {
    return Assignment.isNumber(factor) || (factor == PERCENT && quantity != PERCENT);
  }

  private static boolean isQuantity(Type type) {
    return type == DURATION || type == SIZE || type == PERCENT;
  }
}
