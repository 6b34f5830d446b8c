package io.byteport.sim.kubernetes.control;

import java.time.Instant;

/** Moves the cluster towards what its objects ask for. */
interface Controller {
  /** Does everything that is due at {@code now}; doing it again at once changes nothing. */
  void reconcile(Instant now);

  /** The next instant after {@code now} at which something happens by itself. */
  default Instant nextDue(Instant now) {
    return Instant.MAX;
  }
}
