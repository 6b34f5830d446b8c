package io.byteport.cli.coverage;

import io.byteport.dsl.source.SourceFile;
import io.byteport.engine.coverage.Coverage;
import io.byteport.engine.coverage.Point;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Coverage as LCOV's tracefile. A class is a function, a line has what stands in it, and each point
 * that counts is a branch; those about the same thing are one block.
 *
 * @see <a href="https://github.com/linux-test-project/lcov">geninfo(1), "Tracefile format"</a>
 */
public final class Lcov {
  private Lcov() {}

  /**
   * Writes one record for each runbook, and one for each library that it has something of, neither
   * closing nor flushing. Tools add up the records of one file.
   */
  public static void write(List<Coverage> coverages, PrintWriter out) {
    for (Coverage coverage : coverages) {
      CoveredLines.files(coverage).forEach(file -> write(coverage, file, out));
    }
  }

  private static void write(Coverage coverage, SourceFile file, PrintWriter out) {
    CoveredLines lines = new CoveredLines(coverage, file);
    out.println("TN:");
    out.println("SF:" + file.name());
    functions(coverage, file, out);
    branches(coverage, lines, out);
    int found = 0;
    int hit = 0;
    for (int line : lines.lines().keySet()) {
      if (!lines.counting(line).isEmpty()) {
        out.println("DA:" + line + "," + lines.hits(line));
        found++;
        hit += lines.hits(line) > 0 ? 1 : 0;
      }
    }
    out.println("LF:" + found);
    out.println("LH:" + hit);
    out.println("end_of_record");
  }

  private static void functions(Coverage coverage, SourceFile file, PrintWriter out) {
    List<Point> classes =
        coverage.hits().keySet().stream()
            .filter(point -> point.kind() == Point.Kind.CLASS)
            .filter(point -> CoveredLines.file(coverage, point) == file)
            .toList();
    classes.forEach(
        one -> out.println("FN:" + CoveredLines.line(coverage, one) + "," + one.name()));
    classes.forEach(one -> out.println("FNDA:" + coverage.hits().get(one) + "," + one.name()));
    out.println("FNF:" + classes.size());
    out.println("FNH:" + classes.stream().filter(coverage::isReached).count());
  }

  private static void branches(Coverage coverage, CoveredLines lines, PrintWriter out) {
    int found = 0;
    int hit = 0;
    for (int line : lines.lines().keySet()) {
      Map<String, Integer> blocks = new LinkedHashMap<>();
      Map<String, Integer> next = new LinkedHashMap<>();
      for (Point point : lines.counting(line)) {
        String about = point.kind() + " " + point.name();
        blocks.putIfAbsent(about, blocks.size());
        int branch = next.merge(about, 1, Integer::sum) - 1;
        int taken = coverage.hits().getOrDefault(point, 0);
        String count = lines.hits(line) == 0 ? "-" : String.valueOf(taken);
        out.println("BRDA:" + line + "," + blocks.get(about) + "," + branch + "," + count);
        found++;
        hit += taken > 0 ? 1 : 0;
      }
    }
    out.println("BRF:" + found);
    out.println("BRH:" + hit);
  }
}
