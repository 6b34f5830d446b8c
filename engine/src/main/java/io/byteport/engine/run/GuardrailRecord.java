package io.byteport.engine.run;

import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.guardrail.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the run knows of one guardrail, as {@code guardrails.ID} shows it.
 *
 * @param used units of a limit that are in use; null until the ledger was looked at
 * @param left units that are still free; null until the ledger was looked at, and for what is no
 *     limit
 * @param history when they were used, oldest first
 * @param holder the run that holds a lock that is taken; null otherwise
 * @param approvedBy who approved; null where nobody has
 */
record GuardrailRecord(
    @Nullable Integer used,
    @Nullable Integer left,
    List<Instant> history,
    @Nullable RunId holder,
    @Nullable String approvedBy) {
  static final GuardrailRecord UNTOUCHED = new GuardrailRecord(null, null, List.of(), null, null);

  GuardrailRecord {
    history = List.copyOf(history);
  }

  /** What the ledger said without giving anything. */
  GuardrailRecord seen(Standing standing) {
    return new GuardrailRecord(
        standing.used(), left(standing, 0), standing.history(), standing.holder(), approvedBy);
  }

  /** What the ledger said, and that it has counted one more. */
  GuardrailRecord reserved(Standing standing, Instant at) {
    List<Instant> more = new ArrayList<>(standing.history());
    more.add(at);
    return new GuardrailRecord(
        standing.used() + 1, left(standing, 1), more, standing.holder(), approvedBy);
  }

  GuardrailRecord approved(String by) {
    return new GuardrailRecord(used, left, history, holder, by);
  }

  private static @Nullable Integer left(Standing standing, int more) {
    return standing.claim() instanceof Claim.Limit limit
        ? Integer.valueOf(Math.max(0, limit.limit() - standing.used() - more))
        : null;
  }
}
