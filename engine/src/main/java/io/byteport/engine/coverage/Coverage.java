package io.byteport.engine.coverage;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.engine.coverage.Point.Key;
import io.byteport.engine.coverage.Point.Kind;
import io.byteport.engine.run.JournalEntry;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which points of one runbook were reached, and by how many runs. Immutable.
 *
 * <p>What counts as reached is what the journal of a run says, and what its conditions came to when
 * they were evaluated in it; nothing is evaluated a second time.
 */
public final class Coverage {
  private final CheckedRunbook runbook;
  private final Map<Point, Integer> hits;

  private Coverage(CheckedRunbook runbook, Map<Point, Integer> hits) {
    this.runbook = runbook;
    this.hits = Collections.unmodifiableMap(hits);
  }

  /** Nothing was played yet. */
  public static Coverage none(CheckedRunbook runbook) {
    Map<Point, Integer> hits = new LinkedHashMap<>();
    Points.of(runbook).values().forEach(point -> hits.put(point, 0));
    return new Coverage(runbook, hits);
  }

  /**
   * What one run has reached.
   *
   * @param journal events and notes, in order, to the end
   * @param heard what its expressions came to
   */
  public static Coverage of(CheckedRunbook runbook, List<JournalEntry> journal, Heard heard) {
    Collection<Key> reached = Reached.of(runbook, journal, heard);
    Map<Point, Integer> hits = new LinkedHashMap<>();
    Points.of(runbook).forEach((key, point) -> hits.put(point, reached.contains(key) ? 1 : 0));
    return new Coverage(runbook, hits);
  }

  /** What both have reached. The other must be of the same runbook. */
  public Coverage plus(Coverage other) {
    Map<Point, Integer> sum = new LinkedHashMap<>(hits);
    other.hits.forEach((point, count) -> sum.merge(point, count, Integer::sum));
    return new Coverage(runbook, sum);
  }

  public CheckedRunbook runbook() {
    return runbook;
  }

  /** Every point with the number of runs that reached it, kind by kind. */
  public Map<Point, Integer> hits() {
    return hits;
  }

  public boolean isReached(Point point) {
    return hits.getOrDefault(point, 0) > 0;
  }

  /** Those that count and were not reached, kind by kind. */
  public List<Point> missing() {
    return hits.keySet().stream().filter(point -> point.counts() && !isReached(point)).toList();
  }

  /** How many of a kind count. */
  public int total(Kind kind) {
    return (int)
        hits.keySet().stream().filter(point -> point.counts() && point.kind() == kind).count();
  }

  /** How many of those that count were reached. */
  public int reached(Kind kind) {
    return (int)
        hits.keySet().stream()
            .filter(point -> point.counts() && point.kind() == kind && isReached(point))
            .count();
  }

  /** How many count. */
  public int total() {
    return (int) hits.keySet().stream().filter(Point::counts).count();
  }

  /** How many of those that count were reached. */
  public int reached() {
    return total() - missing().size();
  }

  /** From 0 to 100; 100 where nothing counts. */
  public double percent() {
    return total() == 0 ? 100 : 100.0 * reached() / total();
  }
}
