package io.byteport.adapter.probes.prometheus;

import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** What the numbers of a query count, by the conventions of Prometheus. */
enum Unit {
  NUMBER,
  /** From a ratio: 0.25 is 25 %. */
  PERCENT,
  /** From seconds. */
  DURATION,
  /** From bytes, rounded. */
  SIZE;

  /**
   * The value of a sample; null where it is not a number, as a ratio of nothing is.
   *
   * @throws ActionException if it is infinite, or no value of this unit can hold it; INVALID
   */
  Value value(double sample) throws ActionException {
    if (Double.isNaN(sample)) {
      return Value.NULL;
    }
    if (Double.isInfinite(sample)) {
      throw ActionException.refused(
          FailureKind.INVALID, "the answer is " + (sample > 0 ? "+Inf" : "-Inf"));
    }
    try {
      return switch (this) {
        case NUMBER -> Value.of(sample);
        case PERCENT -> Value.of(new Percent(sample * 100));
        case DURATION -> Value.of(duration(BigDecimal.valueOf(sample)));
        case SIZE ->
            Value.of(
                new DataSize(
                    BigDecimal.valueOf(sample).setScale(0, RoundingMode.HALF_UP).longValueExact()));
      };
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw ActionException.refused(
          FailureKind.INVALID, "the answer " + sample + " is too large for its unit");
    }
  }

  private static Duration duration(BigDecimal seconds) {
    return Duration.ofNanos(
        seconds.movePointRight(9).setScale(0, RoundingMode.HALF_UP).longValueExact());
  }
}
