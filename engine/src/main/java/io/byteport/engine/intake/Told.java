package io.byteport.engine.intake;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one source said at once and what is to be written down of it.
 *
 * @param items in the order in which they were said; without those that were known already
 * @param repeated how many were known already
 * @param answer null where the source was not asked
 */
record Told(
    String source, SourceRules rules, List<Item> items, int repeated, @Nullable Answer answer) {

  Told {
    items = List.copyOf(items);
  }

  /**
   * @param alert its name
   * @param name null where it has resolved
   */
  record Item(String alert, io.byteport.engine.source.Alert said, Naming.@Nullable Name name) {}

  /**
   * @param fires names of all that fires; null where the answer does not say all
   * @param asked what was heard of after this is not missing in the answer
   */
  record Answer(@Nullable Set<String> fires, @Nullable String cursor, Instant asked) {
    Answer {
      fires = fires == null ? null : Set.copyOf(fires);
    }
  }
}
