package io.byteport.dsl.expr;

import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.Type.SeriesType;
import io.byteport.dsl.type.Type.Special;

/** Signatures: functions that look at values over time. */
final class TimeSignatures {
  private TimeSignatures() {}

  static void addTo(Functions.Library library) {
    library.add(
        FunctionBuilder.of(
                "increase",
                "as the value",
                "By how much a counter has risen within the window, restarts from zero included;"
                    + " undecided until it was watched for so long")
            .with("value", "number, duration or size over facts")
            .with("window", "duration")
            .example("increase(restarts, 10m)", "5"),
        a -> {
          a.is(1, Scalar.DURATION);
          return a.passNull(a.quantity(0, a.type(0)));
        });
    library.add(
        FunctionBuilder.of(
                "rate",
                "number",
                "By how much a counter rises each second, on average within the window; undecided"
                    + " until it was watched for so long")
            .with("value", "number over facts")
            .with("window", "duration")
            .example("rate(restarts, 10m) * 600", "5"),
        a -> {
          a.number(0);
          a.is(1, Scalar.DURATION);
          return a.passNull(Scalar.NUMBER);
        });
    library.add(
        FunctionBuilder.of(
                "growth",
                "percent",
                "By how much a series has grown from the first tenth of the window to the last")
            .with("series", "series or list of numbers or quantities")
            .optional("window", "duration")
            .example("growth([100, 105, 110])", "10%"),
        a -> series(a, Scalar.PERCENT));
    library.add(
        FunctionBuilder.of(
                "rising",
                "boolean",
                "Whether no value is less than the one before it and the last is more than the"
                    + " first")
            .with("series", "series or list of numbers or quantities")
            .optional("window", "duration")
            .example("rising([1, 2, 2, 3])", "true")
            .example("rising([1, 3, 2])", "false"),
        a -> series(a, Scalar.BOOLEAN));
    library.add(
        FunctionBuilder.of(
                "quantile",
                "as the values",
                "The value that the given share of the values does not exceed, interpolated between"
                    + " two")
            .with("series", "series or list of numbers or quantities")
            .with("quantile", "number from 0 to 1")
            .optional("window", "duration")
            .example("quantile([1, 2, 3, 4, 5], 0.5)", "3"),
        a -> {
          a.number(1);
          Type value = a.quantity(0, a.element(0));
          window(a, 2);
          return a.passNull(value == Scalar.INTEGER ? Scalar.NUMBER : value);
        });
    library.add(
        FunctionBuilder.of(
                "correlation",
                "number",
                "How closely two series move together, from -1 to 1 (Pearson); undecided where one"
                    + " of them does not move")
            .with("first", "series or list of numbers or quantities")
            .with("second", "series or list of numbers or quantities")
            .optional("window", "duration")
            .example("correlation([1, 2, 3], [10, 20, 30])", "1"),
        a -> {
          a.quantity(0, a.element(0));
          a.quantity(1, a.element(1));
          window(a, 2);
          return a.passNull(Scalar.NUMBER);
        });
    library.add(
        FunctionBuilder.of(
                "age", "duration", "How long ago an instant was; negative for one to come")
            .with("instant", "instant")
            .example("age(time(\"2026-11-21T02:55:00Z\"))", "5m"),
        a -> {
          a.is(0, Scalar.INSTANT);
          return a.passNull(Scalar.DURATION);
        });
  }

  private static Type series(Arguments a, Type result) {
    a.quantity(0, a.element(0));
    window(a, 1);
    return a.passNull(result);
  }

  private static void window(Arguments a, int index) {
    if (!a.has(index)) {
      return;
    }
    a.is(index, Scalar.DURATION);
    Type series = a.type(0).nonNull();
    if (!(series instanceof SeriesType) && series != Special.UNKNOWN) {
      a.misfit(0, "a series, since a list has no times");
    }
  }
}
