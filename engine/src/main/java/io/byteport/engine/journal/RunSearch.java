package io.byteport.engine.journal;

import io.byteport.engine.run.Mode;
import org.jspecify.annotations.Nullable;

/**
 * Which runs are looked for: those that meet all that is said.
 *
 * @param open whether those that go on, or those that have ended; null for both
 * @param result a word of {@link io.byteport.engine.run.RunResult}; null for any
 * @param runbook its id; null for any
 * @param text a part of id, runbook, signal, target, class or reason, in whatever case; null for
 *     any
 * @param mode null for any
 * @param skip how many of the newest are left out, 0 or more
 * @param limit how many at most, 0 or more
 */
public record RunSearch(
    @Nullable Boolean open,
    @Nullable String result,
    @Nullable String runbook,
    @Nullable String text,
    @Nullable Mode mode,
    int skip,
    int limit) {

  public RunSearch {
    if (skip < 0 || limit < 0) {
      throw new IllegalArgumentException("expected skip from 0 and limit from 0");
    }
  }

  /** All runs, the newest of them. */
  public static RunSearch newest(int limit) {
    return new RunSearch(null, null, null, null, null, 0, limit);
  }

  /** Those that go on, the newest of them. */
  public static RunSearch open(int limit) {
    return new RunSearch(true, null, null, null, null, 0, limit);
  }
}
