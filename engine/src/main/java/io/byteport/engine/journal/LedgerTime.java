package io.byteport.engine.journal;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time by which limits count. It goes on as steadily as the machine does, whatever clocks show:
 * a clock is believed once, when nobody knows better, and a step of more than a second later on is
 * no time that has passed. What is told to others is said by their clock again. Safe for several
 * threads.
 */
final class LedgerTime {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerTime.class);

  /** What clocks may be off without being called set. */
  static final Duration UNNOTICED = Duration.ofSeconds(1);

  /**
   * How far the time had come.
   *
   * @param boot since when the ticks count; null where they say nothing to another process
   */
  record Mark(Instant at, @Nullable String boot, long ticks) {}

  private final @Nullable Ticks ticks;
  private final Duration unnoticed;
  private @Nullable Instant anchor;
  private long anchorTicks;

  /**
   * @param ticks null where the clock is believed all the time
   */
  LedgerTime(@Nullable Ticks ticks, Duration unnoticed) {
    this.ticks = ticks;
    this.unnoticed = unnoticed;
  }

  /** Whether it has begun, so that no mark is needed any more. */
  synchronized boolean hasBegun() {
    return ticks == null || anchor != null;
  }

  /**
   * Begins where the time had come to; or, where nobody can have seen how long ago that was, at
   * what the clock shows, if that is later.
   *
   * @param mark null where there is none
   * @param watched whether another process has kept the mark up to date until now
   */
  synchronized void begin(@Nullable Mark mark, boolean watched, Instant clock) {
    if (hasBegun() || ticks == null) {
      return;
    }
    anchorTicks = ticks.nanos().getAsLong();
    anchor = clock;
    if (mark != null) {
      boolean known =
          mark.boot() != null && mark.boot().equals(ticks.boot()) && anchorTicks >= mark.ticks();
      Instant since = known ? mark.at().plusNanos(anchorTicks - mark.ticks()) : mark.at();
      anchor = known || watched || clock.isBefore(since) ? since : clock;
      if (anchor.isAfter(since)) {
        LOG.info(
            "limits count on from {}: by the clock {} have passed since {}, which nothing else"
                + " here can tell",
            anchor,
            Duration.between(since, anchor),
            since);
      }
    }
  }

  /** Another process says that the time has come this far. */
  synchronized void heard(Instant at) {
    if (ticks != null && anchor != null) {
      long now = ticks.nanos().getAsLong();
      if (at.isAfter(anchor.plusNanos(now - anchorTicks))) {
        anchor = at;
        anchorTicks = now;
      }
    }
  }

  /** The time when a clock shows this. */
  synchronized Instant at(Instant clock) {
    if (ticks == null) {
      return clock;
    }
    if (anchor == null) {
      begin(null, false, clock);
    }
    Instant own = own(ticks.nanos().getAsLong());
    return Duration.between(own, clock).abs().compareTo(unnoticed) <= 0 ? clock : own;
  }

  private Instant own(long now) {
    if (anchor == null) {
      throw new IllegalStateException("it has not begun");
    }
    return anchor.plusNanos(now - anchorTicks);
  }

  /** How far it has come; null where there is nothing to remember. */
  synchronized @Nullable Mark mark() {
    if (ticks == null || anchor == null) {
      return null;
    }
    long now = ticks.nanos().getAsLong();
    return new Mark(own(now), ticks.boot(), now);
  }
}
