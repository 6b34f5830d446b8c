package io.byteport.dsl.diagnostic;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Guesses which name was meant by one that does not exist. */
public final class Suggestions {
  private static final int LONGEST = 64;
  private static final int FEW = 12;
  private static final int MOST = 1_000;

  private Suggestions() {}

  /**
   * The nearest of the names: the same but for case, {@code _} and {@code -}, or at most a third of
   * its characters away (one at least, where two neighbours that changed places count once). Empty
   * where none is that close, or where there are more than a thousand to compare; of equally near
   * names the one in the same letter case is meant, then the first in the alphabet.
   */
  public static Optional<String> nearest(String name, Collection<String> names) {
    if (name.isEmpty() || name.length() > LONGEST || names.size() > MOST) {
      return Optional.empty();
    }
    return names.stream()
        .filter(candidate -> !candidate.equals(name) && candidate.length() <= LONGEST)
        .filter(candidate -> distance(name, candidate) <= tolerance(name, candidate))
        .min(
            Comparator.comparingInt((String candidate) -> distance(name, candidate))
                .thenComparingInt(candidate -> editDistance(name, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** The hint that goes with it, or null where no name is close. */
  public static @Nullable String hint(String name, Collection<String> names) {
    return nearest(name, names).map(nearest -> "did you mean `" + nearest + "`?").orElse(null);
  }

  /** As {@link #hint}, else the names themselves where they are few, else null. */
  public static @Nullable String hintOrChoices(String name, Collection<String> names) {
    String hint = hint(name, names);
    return hint != null || names.isEmpty() || names.size() > FEW
        ? hint
        : "there is `" + String.join("`, `", names) + "`";
  }

  private static int tolerance(String name, String candidate) {
    return Math.max(1, Math.max(name.length(), candidate.length()) / 3);
  }

  private static int distance(String name, String candidate) {
    String left = folded(name);
    String right = folded(candidate);
    return left.equals(right) ? 0 : editDistance(left, right);
  }

  private static String folded(String name) {
    return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
  }

  /**
   * Insertions, deletions, replacements and swaps of neighbours that lead from one to the other.
   */
  private static int editDistance(String left, String right) {
    int[][] distances = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      distances[i][0] = i;
    }
    for (int j = 0; j <= right.length(); j++) {
      distances[0][j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      for (int j = 1; j <= right.length(); j++) {
        int replaced =
            distances[i - 1][j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        int nearest = Math.min(replaced, 1 + Math.min(distances[i - 1][j], distances[i][j - 1]));
        if (swapped(left, right, i, j)) {
          nearest = Math.min(nearest, distances[i - 2][j - 2] + 1);
        }
        distances[i][j] = nearest;
      }
    }
    return distances[left.length()][right.length()];
  }

  private static boolean swapped(String left, String right, int i, int j) {
    return i > 1
        && j > 1
        && left.charAt(i - 1) == right.charAt(j - 2)
        && left.charAt(i - 2) == right.charAt(j - 1);
  }
}
