package io.byteport.sim.kubernetes.control;

import java.time.Instant;
import java.time.InstantSource;

/** The instant that the cluster has been played up to; only {@link Simulation} moves it. */
final class SimulatedTime implements InstantSource {
  private Instant now;

  SimulatedTime(Instant now) {
    this.now = now;
  }

  @Override
  public Instant instant() {
    return now;
  }

  void set(Instant instant) {
    now = instant;
  }
}
