package io.byteport.engine.eval;

import java.time.Instant;
import java.util.Map;

/**
 * What was known at an earlier time, for functions that look back.
 *
 * @param at when it was read
 * @param roots facts and other first names by name, as they were then; what is missing was not read
 */
public record Sample(Instant at, Map<String, Evaluation> roots) {
  public Sample {
    roots = Map.copyOf(roots);
  }
}
