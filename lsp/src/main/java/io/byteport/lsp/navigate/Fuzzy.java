package io.byteport.lsp.navigate;

import java.util.Locale;
import java.util.OptionalInt;

/** What somebody has written of a name. Immutable. */
public final class Fuzzy {
  private static final int APART = 1_000;

  private final String query;

  public Fuzzy(String query) {
    this.query = query.strip().toLowerCase(Locale.ROOT);
  }

  /**
   * How far a name is from it: 0 for the name itself, more the later it begins and the more it is
   * spread.
   *
   * @return empty where the name does not hold its letters in their order
   */
  public OptionalInt distance(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    int at = lower.indexOf(query);
    if (at >= 0) {
      return OptionalInt.of(at * 2 + lower.length() - query.length());
    }
    int next = 0;
    int gaps = 0;
    for (int i = 0; i < lower.length() && next < query.length(); i++) {
      if (lower.charAt(i) == query.charAt(next)) {
        next++;
      } else if (next > 0) {
        gaps++;
      }
    }
    return next < query.length() ? OptionalInt.empty() : OptionalInt.of(APART + gaps);
  }
}
