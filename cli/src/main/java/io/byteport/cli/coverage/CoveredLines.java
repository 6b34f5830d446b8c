package io.byteport.cli.coverage;

import io.byteport.dsl.source.Origin;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.engine.coverage.Coverage;
import io.byteport.engine.coverage.Point;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The points of a runbook by the lines of one of its texts. */
public final class CoveredLines {
  private final Coverage coverage;
  private final SortedMap<Integer, List<Point>> lines = new TreeMap<>();

  /**
   * @param file the runbook's own, or a library of which it has something
   */
  CoveredLines(Coverage coverage, SourceFile file) {
    this.coverage = coverage;
    for (Point point : coverage.hits().keySet()) {
      if (file(coverage, point) == file) {
        lines.computeIfAbsent(line(coverage, point), none -> new ArrayList<>()).add(point);
      }
    }
  }

  /** The files in which a runbook has points, its own first whether it has some or not. */
  static List<SourceFile> files(Coverage coverage) {
    Set<SourceFile> files = new LinkedHashSet<>();
    files.add(coverage.runbook().sources().origin(Span.START).file());
    coverage.hits().keySet().forEach(point -> files.add(file(coverage, point)));
    return List.copyOf(files);
  }

  /** The file that a point stands in. */
  public static SourceFile file(Coverage coverage, Point point) {
    return coverage.runbook().sources().origin(point.span()).file();
  }

  /** The line of its file in which a point stands, from 1. */
  public static int line(Coverage coverage, Point point) {
    Origin origin = coverage.runbook().sources().origin(point.span());
    return origin.file().position(origin.span().start()).line() + 1;
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
