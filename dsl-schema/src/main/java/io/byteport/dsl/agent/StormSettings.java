package io.byteport.dsl.agent;

import java.time.Duration;

/**
 * How many runs may change something near one another, of whatever runbooks; above it runs change
 * nothing and people are told of all of them at once.
 *
 * @param node in all that is about one node
 * @param namespace in all that is about one namespace of a cluster
 * @param cluster in all that is about one cluster, or about targets of one type that are in none
 * @param window within which the second number of each holds
 */
public record StormSettings(Near node, Near namespace, Near cluster, Duration window) {

  /**
   * @param atOnce how many runs may be changing something, 1 at least
   * @param within how many may have changed something within the window, no fewer
   */
  public record Near(int atOnce, int within) {}

  /** What holds where nothing is said. */
  public static final StormSettings STANDARD =
      new StormSettings(new Near(2, 8), new Near(5, 20), new Near(10, 40), Duration.ofMinutes(10));
}
