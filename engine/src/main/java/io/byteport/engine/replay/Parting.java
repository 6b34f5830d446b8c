package io.byteport.engine.replay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a recording and its replay part.
 *
 * @param entry number of the journal's entry that answers what was wanted there, from 1; one more
 *     than there are where the recording ends
 * @param at when, by the engine's clock of then
 * @param then what was concluded and wanted, line by line
 * @param now the same with the runbook of today
 */
public record Parting(int entry, Instant at, List<String> then, List<String> now) {
  public Parting {
    then = List.copyOf(then);
    now = List.copyOf(now);
  }

  /**
   * Both as one text: lines of then begin with a minus, lines of now with a plus, those of both
   * with a space.
   */
  public List<String> diff() {
    int[][] common = new int[then.size() + 1][now.size() + 1];
    for (int i = then.size() - 1; i >= 0; i--) {
      for (int j = now.size() - 1; j >= 0; j--) {
        common[i][j] =
            then.get(i).equals(now.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    List<String> lines = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < then.size() || j < now.size()) {
      if (i < then.size() && j < now.size() && then.get(i).equals(now.get(j))) {
        lines.add("  " + then.get(i));
        i++;
        j++;
      } else if (j == now.size() || (i < then.size() && common[i + 1][j] >= common[i][j + 1])) {
        lines.add("- " + then.get(i++));
      } else {
        lines.add("+ " + now.get(j++));
      }
    }
    return List.copyOf(lines);
  }
}
