package io.byteport.engine.guardrail;

import java.time.Duration;

/**
 * What a guardrail asks of the ledger on behalf of a run: a place in a limit, a lock, or a place
 * among the runs that change something.
 */
public sealed interface Claim {

  /** The id of the guardrail in the runbook. */
  String guardrail();

  /** What is counted or locked together, across all runs that use the same text. */
  String key();

  /**
   * One unit of a rolling window: fewer than {@code limit} intents with this key may lie within
   * {@code window} before now. A window is half-open: exactly {@code window} later is allowed.
   *
   * <p>A change also carries tallies: limits without a guardrail, which are never refused and only
   * count the unit under a key that other runbooks' limits look at.
   */
  record Limit(String guardrail, String key, int limit, Duration window) implements Claim {

    /** Counts a unit under this key, whatever was counted before. */
    public static Limit tally(String key) {
      return new Limit("", key, Integer.MAX_VALUE, Duration.ofMillis(1));
    }

    /** Whether it only counts. */
    public boolean isTally() {
      return guardrail.isEmpty();
    }
  }

  /**
   * A lock that the run keeps until it ends.
   *
   * @param waitFor how long to wait for it; zero for not at all
   * @param join whether the run joins the holder's incident where it is taken
   */
  record Lock(String guardrail, String key, Duration waitFor, boolean join) implements Claim {}

  /**
   * A place among the runs that change something in a scope, of whatever runbook. Each change of a
   * run counts under the scope's key; a run that has a place keeps it until it ends, and is never
   * refused.
   *
   * @param scope such as {@code namespace/production/shop}
   * @param atOnce how many runs may be changing something
   * @param within how many may have changed something within {@code window} before now
   */
  record Storm(String scope, int atOnce, int within, Duration window) implements Claim {

    /** The same place, which is never refused. */
    public Storm granted() {
      return new Storm(scope, Integer.MAX_VALUE, Integer.MAX_VALUE, window);
    }

    @Override
    public String guardrail() {
      return io.byteport.engine.guardrail.Storm.NAME;
    }

    @Override
    public String key() {
      return io.byteport.engine.guardrail.Storm.key(scope);
    }
  }
}
