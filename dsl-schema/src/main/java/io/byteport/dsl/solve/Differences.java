package io.byteport.dsl.solve;

import java.util.Optional;

/**
 * Bounds on numbers and on the differences between them, kept closed: every bound that follows from
 * others stands there too. The number at index 0 is zero. Bounds between whole numbers are
 * tightened to whole ones, as long as they are small enough to be exact.
 */
final class Differences {
  private static final double EXACT = 0x1p52;

  private final int size;
  private final boolean[] whole;
  private final double[][] most;
  private final boolean[][] strict;

  /**
   * @param whole which numbers are whole, the first standing for zero
   */
  Differences(boolean[] whole) {
    this.size = whole.length;
    this.whole = whole.clone();
    this.most = new double[size][size];
    this.strict = new boolean[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        most[i][j] = i == j ? 0 : Double.POSITIVE_INFINITY;
      }
    }
  }

  private Differences(Differences other) {
    this(other.whole);
    for (int i = 0; i < size; i++) {
      most[i] = other.most[i].clone();
      strict[i] = other.strict[i].clone();
    }
  }

  Differences copy() {
    return new Differences(this);
  }

  /** Takes the range of a number; false where nothing is left. */
  boolean bound(int number, Range range) {
    return (range.high() == Double.POSITIVE_INFINITY
            || atMost(number, 0, range.high(), range.highOpen()))
        && (range.low() == Double.NEGATIVE_INFINITY
            || atMost(0, number, -range.low(), range.lowOpen()));
  }

  /** Takes that one number minus another is at most, or less than, a bound. */
  boolean atMost(int left, int right, double bound, boolean open) {
    double tight = bound;
    boolean isOpen = open;
    if (whole[left] && whole[right] && Math.abs(bound) < EXACT) {
      tight = Math.floor(bound);
      tight = open && tight == bound ? tight - 1 : tight;
      isOpen = false;
    }
    if (!tighter(left, right, tight, isOpen)) {
      return true;
    }
    most[left][right] = tight;
    strict[left][right] = isOpen;
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        double through = most[i][left] + tight + most[right][j];
        boolean throughOpen = strict[i][left] || isOpen || strict[right][j];
        if (tighter(i, j, through, throughOpen)) {
          most[i][j] = through;
          strict[i][j] = throughOpen;
        }
      }
    }
    for (int i = 0; i < size; i++) {
      if (most[i][i] < 0 || (most[i][i] == 0 && strict[i][i])) {
        return false;
      }
    }
    return true;
  }

  private boolean tighter(int left, int right, double bound, boolean open) {
    return bound < most[left][right]
        || (bound == most[left][right] && open && !strict[left][right]);
  }

  /** What is left for a number once the ones before it have these values. */
  Range left(int number, double[] values) {
    Range range = Range.ALL;
    for (int other = 0; other < number; other++) {
      range =
          range.and(
              new Range(
                  values[other] - most[other][number],
                  strict[other][number],
                  values[other] + most[number][other],
                  strict[number][other]));
    }
    return range;
  }

  /** A value for each number, zero first; empty where rounding leaves none. */
  Optional<double[]> values(double[] steps) {
    double[] values = new double[size];
    for (int i = 1; i < size; i++) {
      Optional<Double> value = Examples.number(left(i, values), whole[i], steps[i]);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values[i] = value.get();
    }
    return Optional.of(values);
  }
}
