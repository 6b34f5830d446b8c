package io.byteport.adapter.kubernetes.api;

import java.time.Duration;

/**
 * The moment by which an action must have answered, on the machine's monotonic clock: requests take
 * real time, whatever the incident's clock says.
 */
public final class Deadline {
  private final long end;

  private Deadline(long end) {
    this.end = end;
  }

  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** What is left; zero when it is over. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }

  /** The earlier of this one and the moment after a while. */
  public Deadline atMost(Duration time) {
    long other = System.nanoTime() + time.toNanos();
    return other - end < 0 ? new Deadline(other) : this;
  }
}
