package io.byteport.adapter.sql.connect;

import java.time.Duration;

/**
 * The moment by which an action must have answered, on the machine's monotonic clock: servers take
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

  /**
   * What a server may spend on one statement, so that its own words about the end of the time still
   * arrive before ours: a tenth less than what is left, half a second less at most.
   *
   * @return at least a millisecond
   */
  Duration forStatement() {
    long left = remaining().toMillis();
    return Duration.ofMillis(Math.max(1, left - Math.min(500, left / 10)));
  }
}
