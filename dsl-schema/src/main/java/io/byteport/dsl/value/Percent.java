package io.byteport.dsl.value;

/**
 * A share of a whole.
 *
 * @param points 80 for 80 %; any finite number, since a growth may be negative or over 100
 */
public record Percent(double points) implements Comparable<Percent> {
  public Percent {
    points = points == 0.0 ? 0.0 : points; // no negative zero
  }

  @Override
  public int compareTo(Percent other) {
    return Double.compare(points, other.points);
  }

  /** As people write it: {@code 80%}. */
  @Override
  public String toString() {
    return Quantities.print(this);
  }
}
