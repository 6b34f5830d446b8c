package io.byteport.dsl.check;

import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.model.Runbook.Param;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.solve.Quantity;
import io.byteport.dsl.solve.Range;
import io.byteport.dsl.value.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a number or duration can be before a run: a literal, or a parameter between its bounds.
 * Durations in milliseconds.
 *
 * @param least infinite where there is no bound
 * @param most infinite where there is no bound
 * @param usual a literal, or the parameter's default; null where there is none
 */
record Amount(double least, double most, @Nullable Double usual) {

  static Amount exactly(double number) {
    return new Amount(number, number, number);
  }

  /** Empty where it is computed in the run, or is missing or null. */
  static Optional<Amount> of(@Nullable ValueExpr value, Reasoning reasoning) {
    return switch (value) {
      case null -> Optional.empty();
      case ValueExpr.Constant constant -> literal(reasoning.typing().of(constant));
      case ValueExpr.Single single ->
          switch (reasoning.typed(single.expr()).orElse(null)) {
            case TypedExpr.Literal literal -> literal(literal.value());
            case TypedExpr.Field field
                when field.target() instanceof TypedExpr.Root root
                    && root.name().equals("params") ->
                param(reasoning.subject().runbook().params().get(field.name()), reasoning);
            case null, default -> Optional.empty();
          };
      case ValueExpr.Interpolated text -> Optional.empty();
      case ValueExpr.ListOf list -> Optional.empty();
      case ValueExpr.MapOf map -> Optional.empty();
    };
  }

  private static Optional<Amount> literal(Value value) {
    return Quantity.number(value).map(Amount::exactly);
  }

  private static Optional<Amount> param(@Nullable Param param, Reasoning reasoning) {
    if (param == null) {
      return Optional.empty();
    }
    Range range = reasoning.range(param);
    Double usual =
        param.defaultValue() instanceof ValueExpr.Constant constant
            ? Quantity.number(reasoning.typing().of(constant)).orElse(null)
            : null;
    return Optional.of(new Amount(range.low(), range.high(), usual));
  }

  /** Whether it is less than another, whatever the parameters are. */
  boolean isLessThan(Amount other) {
    return most < other.least;
  }

  /** Whether it is less than another with the defaults of the parameters. */
  boolean isUsuallyLessThan(Amount other) {
    return isLessThan(other)
        || (usual != null && other.usual != null && (double) usual < (double) other.usual);
  }

  boolean isAlways(double number) {
    return least == number && most == number;
  }
}
