package io.byteport.dsl.workspace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One line of the way from a text to another.
 *
 * @param line with its line feed, if it has one
 */
record LineEdit(Kind kind, String line) {

  /** What becomes of a line. */
  enum Kind {
    KEPT,
    REMOVED,
    ADDED
  }

  /**
   * A shortest way, removals before additions. Time and space grow with the number of changes, not
   * with the length of the texts times it: fixes are few.
   *
   * @see <a href="https://doi.org/10.1007/BF01840446">E. Myers, An O(ND) difference algorithm</a>
   */
  static List<LineEdit> between(List<String> before, List<String> after) {
    int most = before.size() + after.size();
    int[] furthest = new int[2 * most + 3];
    List<int[]> trace = new ArrayList<>();
    for (int steps = 0; steps <= most; steps++) {
      trace.add(java.util.Arrays.copyOfRange(furthest, most - steps, most + steps + 3));
      for (int diagonal = -steps; diagonal <= steps; diagonal += 2) {
        int index = most + 1 + diagonal;
        boolean down =
            diagonal == -steps || (diagonal != steps && furthest[index - 1] < furthest[index + 1]);
        int x = down ? furthest[index + 1] : furthest[index - 1] + 1;
        int y = x - diagonal;
        while (x < before.size() && y < after.size() && before.get(x).equals(after.get(y))) {
          x++;
          y++;
        }
        furthest[index] = x;
        if (x >= before.size() && y >= after.size()) {
          return walkBack(before, after, trace);
        }
      }
    }
    throw new IllegalStateException("removing all and adding all is a way");
  }

  private static List<LineEdit> walkBack(
      List<String> before, List<String> after, List<int[]> trace) {
    List<LineEdit> edits = new ArrayList<>();
    int x = before.size();
    int y = after.size();
    for (int steps = trace.size() - 1; steps >= 0; steps--) {
      int[] furthest = trace.get(steps);
      int diagonal = x - y;
      int index = steps + 1 + diagonal;
      boolean down =
          diagonal == -steps || (diagonal != steps && furthest[index - 1] < furthest[index + 1]);
      int fromX = steps == 0 ? 0 : down ? furthest[index + 1] : furthest[index - 1];
      int fromY = steps == 0 ? 0 : fromX - (down ? diagonal + 1 : diagonal - 1);
      while (x > fromX && y > fromY) {
        x--;
        y--;
        edits.add(new LineEdit(Kind.KEPT, before.get(x)));
      }
      if (steps > 0) {
        edits.add(
            down
                ? new LineEdit(Kind.ADDED, after.get(fromY))
                : new LineEdit(Kind.REMOVED, before.get(fromX)));
        x = fromX;
        y = fromY;
      }
    }
    Collections.reverse(edits);
    return edits;
  }
}
