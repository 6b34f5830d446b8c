package io.byteport.dsl.solve;

/**
 * An interval of numbers, quantities as plain numbers.
 *
 * @param low the lower end; negative infinity for none
 * @param lowOpen whether the lower end itself is left out
 * @param high the upper end; infinity for none
 * @param highOpen whether the upper end itself is left out
 */
public record Range(double low, boolean lowOpen, double high, boolean highOpen) {
  public static final Range ALL =
      new Range(Double.NEGATIVE_INFINITY, true, Double.POSITIVE_INFINITY, true);

  /** Beyond this not every whole number is a double. */
  private static final double EXACT = 0x1p53;

  public static Range atLeast(double low) {
    return new Range(low, false, Double.POSITIVE_INFINITY, true);
  }

  public static Range atMost(double high) {
    return new Range(Double.NEGATIVE_INFINITY, true, high, false);
  }

  static Range above(double low) {
    return new Range(low, true, Double.POSITIVE_INFINITY, true);
  }

  static Range below(double high) {
    return new Range(Double.NEGATIVE_INFINITY, true, high, true);
  }

  /** What lies in both. */
  public Range and(Range other) {
    boolean otherLow = other.low > low || (other.low == low && other.lowOpen);
    boolean otherHigh = other.high < high || (other.high == high && other.highOpen);
    return new Range(
        otherLow ? other.low : low,
        otherLow ? other.lowOpen : lowOpen,
        otherHigh ? other.high : high,
        otherHigh ? other.highOpen : highOpen);
  }

  boolean isEmpty() {
    return low > high || (low == high && (lowOpen || highOpen));
  }

  boolean isPoint() {
    return low == high && !lowOpen && !highOpen;
  }

  boolean contains(double number) {
    return (number > low || (number == low && !lowOpen))
        && (number < high || (number == high && !highOpen));
  }

  /** The same whole numbers with both ends closed; ends too large to be exact stay as they are. */
  Range whole() {
    double least = Math.abs(low) < EXACT ? lowest() : low;
    double most = Math.abs(high) < EXACT ? highest() : high;
    return new Range(least, least == low && lowOpen, most, most == high && highOpen);
  }

  private double lowest() {
    double up = Math.ceil(low);
    return up == low && lowOpen ? up + 1 : up;
  }

  private double highest() {
    double down = Math.floor(high);
    return down == high && highOpen ? down - 1 : down;
  }
}
