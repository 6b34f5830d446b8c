package io.byteport.dsl.expr;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody probably meant. */
public final class DidYouMean {
  private static final int MOST = 1_000;

  private DidYouMean() {}

  /**
   * The nearest candidate, if it is near: at most a third of the letters differ, upper and lower
   * case do not. Of more than a thousand candidates none.
   */
  public static Optional<String> nearest(String written, Collection<String> candidates) {
    if (candidates.size() > MOST) {
      return Optional.empty();
    }
    String best = null;
    int bestDistance = Math.min(Math.max(1, written.length() / 3), written.length() / 2) + 1;
    for (String candidate : candidates) {
      int distance = distance(written.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (distance < bestDistance) {
        bestDistance = distance;
        best = candidate;
      }
    }
    return Optional.ofNullable(best);
  }

  /** As {@link #nearest}, as a hint; else the candidates themselves where they are few. */
  public static Optional<String> hint(String written, Collection<String> candidates) {
    Optional<String> nearest = nearest(written, candidates);
    if (nearest.isPresent()) {
      return Optional.of("did you mean `" + nearest.get() + "`?");
    }
    if (candidates.isEmpty() || candidates.size() > 12) {
      return Optional.empty();
    }
    return Optional.of("there is `" + String.join("`, `", candidates) + "`");
  }

  /** Edits of one letter, or of two neighbours swapped, from one word to the other. */
  private static int distance(String a, String b) {
    if (Math.abs(a.length() - b.length()) > 10 || a.length() > 100) {
      return Integer.MAX_VALUE;
    }
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        cost[i][j] =
            Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
