package io.byteport.cli.coverage;

import io.byteport.engine.coverage.Coverage;
import io.byteport.engine.coverage.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The points of a runbook by the lines of its text. */
public final class CoveredLines {
  private final Coverage coverage;
  private final SortedMap<Integer, List<Point>> lines = new TreeMap<>();

  public CoveredLines(Coverage coverage) {
    this.coverage = coverage;
    coverage
        .hits()
        .keySet()
        .forEach(
            point ->
                lines.computeIfAbsent(line(coverage, point), none -> new ArrayList<>()).add(point));
  }

  /** Where a point stands, from 1. */
  public static int line(Coverage coverage, Point point) {
    return coverage.runbook().source().position(point.span().start()).line() + 1;
  }

  /** Lines that have points, from 1, in order. */
  SortedMap<Integer, List<Point>> lines() {
    return lines;
  }

  List<Point> counting(int line) {
    return lines.getOrDefault(line, List.of()).stream().filter(Point::counts).toList();
  }

  /** How many runs have reached anything in a line. */
  int hits(int line) {
    return lines.getOrDefault(line, List.of()).stream()
        .mapToInt(point -> coverage.hits().getOrDefault(point, 0))
        .max()
        .orElse(0);
  }

  /** What a line looks like as a whole. */
  enum State {
    /** It has nothing that counts. */
    PLAIN,
    COVERED,
    PARTLY,
    MISSED
  }

  State state(int line) {
    List<Point> counting = counting(line);
    long reached = counting.stream().filter(coverage::isReached).count();
    if (counting.isEmpty()) {
      return State.PLAIN;
    }
    return reached == counting.size() ? State.COVERED : reached == 0 ? State.MISSED : State.PARTLY;
  }
}
