package io.byteport.dsl.expr;

import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.Scalar;

/** Signatures: functions of numbers and durations. */
final class NumberSignatures {
  private NumberSignatures() {}

  static void addTo(Functions.Library library) {
    library.add(
        FunctionBuilder.of("seconds", "integer", "A duration in whole seconds, rounded down")
            .with("duration", "duration")
            .example("seconds(1m30s)", "90"),
        a -> whole(a, Scalar.DURATION));
    library.add(
        FunctionBuilder.of("days", "integer", "A duration in whole days, rounded down")
            .with("duration", "duration")
            .example("days(47h)", "1"),
        a -> whole(a, Scalar.DURATION));
    library.add(
        FunctionBuilder.of("ceil", "integer", "The smallest integer that is not less")
            .with("number", "number")
            .example("ceil(1.2)", "2"),
        NumberSignatures::rounded);
    library.add(
        FunctionBuilder.of("floor", "integer", "The largest integer that is not more")
            .with("number", "number")
            .example("floor(1.8)", "1"),
        NumberSignatures::rounded);
    library.add(
        FunctionBuilder.of("round", "integer", "The nearest integer, halves upwards")
            .with("number", "number")
            .example("round(1.5)", "2"),
        NumberSignatures::rounded);
    library.add(
        FunctionBuilder.of("pow", "number", "The first to the power of the second")
            .with("base", "number")
            .with("exponent", "number")
            .example("pow(2, 10)", "1024"),
        a -> {
          a.number(0);
          a.number(1);
          return a.passNull(Scalar.NUMBER);
        });
  }

  private static Type rounded(Arguments a) {
    a.number(0);
    return a.passNull(Scalar.INTEGER);
  }

  private static Type whole(Arguments a, Scalar of) {
    a.is(0, of);
    return a.passNull(Scalar.INTEGER);
  }
}
