package io.byteport.engine.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has been looked at after the last change.
 *
 * @param attempts how often was looked
 * @param verdicts of each expectation at the last look, in order
 * @param unmet those that did not hold when it was given up; empty before
 * @param recoveredAt since when everything held; null where it did not
 */
record Verification(
    int attempts,
    Map<String, Note.Verdict> verdicts,
    List<String> unmet,
    @Nullable Instant recoveredAt) {
  static final Verification NONE = new Verification(0, Map.of(), List.of(), null);

  Verification {
    unmet = List.copyOf(unmet);
  }
}
