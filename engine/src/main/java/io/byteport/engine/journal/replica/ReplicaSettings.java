package io.byteport.engine.journal.replica;

import java.time.Duration;

/**
 * How a replica works.
 *
 * @param concurrency how many runs it carries on at the same time, 1 at least; runs that wait do
 *     not count
 * @param poll how often it looks for runs that are due
 * @param patience how long a run may wait and still be kept in memory
 * @param heartbeat how often it says that it carries a run on; after six times in which nothing was
 *     heard, another replica takes the run over
 * @param sweep how often one of the replicas looks for runs that nobody carries on and reports that
 *     were not delivered
 * @param retention how long after their end runs are kept that nobody needs; zero for ever. They
 *     are looked for with each sweep.
 */
public record ReplicaSettings(
    int concurrency,
    Duration poll,
    Duration patience,
    Duration heartbeat,
    Duration sweep,
    Duration retention) {

  public static final ReplicaSettings DEFAULT =
      new ReplicaSettings(
          32,
          Duration.ofMillis(500),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ZERO);

  public ReplicaSettings {
    if (concurrency < 1) {
      throw new IllegalArgumentException("a replica carries on one run at least");
    }
    if (retention.isNegative()) {
      throw new IllegalArgumentException("runs are kept for a time, or for ever");
    }
  }
}
