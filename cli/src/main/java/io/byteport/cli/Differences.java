package io.byteport.cli;

import java.util.ArrayList;
import java.util.List;

/** What two lists of lines do not share: the longest common part stays, the rest is marked. */
final class Differences {
  /** Lists that are longer are compared as a whole. */
  private static final int LONGEST = 1_000;

  private Differences() {}

  /** Lines that begin with two spaces, {@code "- "} for expected or {@code "+ "} for found. */
  static List<String> of(List<String> expected, List<String> found) {
    List<String> out = new ArrayList<>();
    if (expected.size() > LONGEST || found.size() > LONGEST) {
      expected.forEach(line -> out.add("- " + line));
      found.forEach(line -> out.add("+ " + line));
      return out;
    }
    int[][] common = common(expected, found);
    int i = 0;
    int j = 0;
    while (i < expected.size() || j < found.size()) {
      boolean both = i < expected.size() && j < found.size();
      if (both && expected.get(i).equals(found.get(j))) {
        out.add("  " + expected.get(i++));
        j++;
      } else if (j >= found.size() || (both && common[i + 1][j] >= common[i][j + 1])) {
        out.add("- " + expected.get(i++));
      } else {
        out.add("+ " + found.get(j++));
      }
    }
    return out;
  }

  /** The length of the longest common part from each place on. */
  private static int[][] common(List<String> a, List<String> b) {
    int[][] length = new int[a.size() + 1][b.size() + 1];
    for (int i = a.size() - 1; i >= 0; i--) {
      for (int j = b.size() - 1; j >= 0; j--) {
        length[i][j] =
            a.get(i).equals(b.get(j))
                ? length[i + 1][j + 1] + 1
                : Math.max(length[i + 1][j], length[i][j + 1]);
      }
    }
    return length;
  }
}
