package io.byteport.adapter.cloud.http;

import io.byteport.engine.spi.ActionContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What time it is for an action, and the moment by which it must have answered. The latter is on
 * the machine's monotonic clock: requests take real time, whatever the incident's clock says.
 */
public final class Deadline {
  private final InstantSource clock;
  private final long end;

  private Deadline(InstantSource clock, long end) {
    this.clock = clock;
    this.end = end;
  }

  public static Deadline of(ActionContext context) {
    return new Deadline(context.clock(), System.nanoTime() + context.timeout().toNanos());
  }

  public Instant now() {
    return clock.instant();
  }

  public InstantSource clock() {
    return clock;
  }

  /** What is left; zero when it is over. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }

  /** The earlier of this one and the moment after a while. */
  public Deadline atMost(Duration time) {
    long other = System.nanoTime() + time.toNanos();
    return other - end < 0 ? new Deadline(clock, other) : this;
  }
}
