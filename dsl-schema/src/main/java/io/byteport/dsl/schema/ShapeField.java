package io.byteport.dsl.schema;

import org.jspecify.annotations.Nullable;

/**
 * What a schema says about one field of a map.
 *
 * @param doc what it is for, in a sentence; null where nothing is said
 * @param rank how much the map needs it
 * @param deprecated whether it is on its way out
 */
public record ShapeField(String name, @Nullable String doc, Rank rank, boolean deprecated) {
  /** How much a map needs a field. */
  public enum Rank {
    /** It must be there. */
    REQUIRED,
    /** It or one of a few others must be there. */
    ONE_OF,
    OPTIONAL
  }

  ShapeField with(Rank other) {
    return new ShapeField(name, doc, other, deprecated);
  }
}
