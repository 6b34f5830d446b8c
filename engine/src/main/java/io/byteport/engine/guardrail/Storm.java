package io.byteport.engine.guardrail;

import io.byteport.dsl.value.Quantities;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The words of storm protection: how scopes are called where they are counted, what a run that is
 * held back says, and how its report is told from others.
 */
public final class Storm {
  /** The name of the protection, where runbooks' guardrails have theirs. */
  public static final String NAME = "storm";

  private static final String PREFIX = NAME + "/";

  private Storm() {}

  /** The text under which a scope is counted, and by which a report says what stopped the run. */
  public static String key(String scope) {
    return PREFIX + scope;
  }

  /**
   * The scope in whose storm a run was held back; empty for every other run.
   *
   * @param stoppedBy what the report says
   */
  public static Optional<String> scope(@Nullable String stoppedBy) {
    return stoppedBy != null && stoppedBy.startsWith(PREFIX)
        ? Optional.of(stoppedBy.substring(PREFIX.length()))
        : Optional.empty();
  }

  /** Why a run was held back, in one sentence. */
  public static String reason(Claim.Storm claim, Standing standing) {
    boolean atOnce = standing.used() >= claim.atOnce();
    return NAME
        + ": "
        + (atOnce
            ? standing.used() + " other runs are changing things in " + claim.scope()
            : standing.history().size()
                + " other runs have changed things in "
                + claim.scope()
                + " within "
                + Quantities.print(claim.window()))
        + ", and "
        + (atOnce ? claim.atOnce() + " may at once" : claim.within() + " may")
        + ". Nothing was changed by this one";
  }
}
