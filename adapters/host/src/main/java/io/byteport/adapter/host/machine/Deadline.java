package io.byteport.adapter.host.machine;

import java.time.Duration;

/** The moment by which something must be done; immutable. */
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

  public boolean isOver() {
    return end - System.nanoTime() <= 0;
  }

  /** What is left, but no more than this. */
  public Duration atMost(Duration time) {
    Duration remaining = remaining();
    return remaining.compareTo(time) < 0 ? remaining : time;
  }
}
