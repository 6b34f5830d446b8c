package io.byteport.engine.intake;

import java.time.Duration;

/** Hears how it goes with sources that are polled. Must not throw. */
public interface PollerListener {
  PollerListener NONE = new PollerListener() {};

  /** A source has answered, and what it said is on disk. */
  default void answered(String source, Taken taken, Duration took) {}

  /** A source could not be asked. Told each time, with the reason of that time. */
  default void degraded(String source, String reason) {}

  /** A source that was degraded has answered. */
  default void restored(String source) {}
}
