package io.byteport.engine.run;

import java.time.Duration;

/**
 * How many runs may change something in one scope, of whatever runbooks. Fixed when a run is
 * opened. Above it a run changes nothing and escalates, together with others.
 *
 * @param node in all that is about one node
 * @param namespace in all that is about one namespace of a cluster
 * @param cluster in all that is about one cluster, or about targets of one type that are in none
 * @param window within which the second number of each holds
 */
public record StormLimits(Limit node, Limit namespace, Limit cluster, Duration window) {

  /**
   * @param atOnce how many runs may be changing something; zero for no limit, with {@code within}
   * @param within how many may have changed something within the window
   */
  public record Limit(int atOnce, int within) {
    static final Limit NONE = new Limit(0, 0);

    public Limit {
      if ((atOnce < 1 || within < 1) && !(atOnce == 0 && within == 0)) {
        throw new IllegalArgumentException(
            "expected two numbers from 1 on, or 0 and 0 for no limit, found "
                + atOnce
                + " and "
                + within);
      }
    }

    boolean isNone() {
      return atOnce == 0;
    }
  }

  /**
   * What holds without configuration: more than what people would let somebody do by hand before
   * they ask what is going on.
   */
  public static final StormLimits DEFAULT =
      new StormLimits(new Limit(2, 8), new Limit(5, 20), new Limit(10, 40), Duration.ofMinutes(10));

  /** Nothing is held back. */
  public static final StormLimits NONE =
      new StormLimits(Limit.NONE, Limit.NONE, Limit.NONE, Duration.ofMinutes(10));

  public StormLimits {
    if (window.isNegative() || window.isZero()) {
      throw new IllegalArgumentException("expected a window above zero, found " + window);
    }
  }

  /** The same limits for every scope. */
  public static StormLimits of(int atOnce, int within, Duration window) {
    Limit limit = new Limit(atOnce, within);
    return new StormLimits(limit, limit, limit, window);
  }
}
