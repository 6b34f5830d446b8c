package io.byteport.engine.source;

import java.util.Optional;

/**
 * One configured source: it is polled, or it calls, or both. Opens connections when first used;
 * safe for several threads.
 */
public interface Source extends AutoCloseable {

  /** Empty for one that only calls. */
  default Optional<Poller> poller() {
    return Optional.empty();
  }

  /** Empty for one that is only polled. */
  default Optional<Receiver> receiver() {
    return Optional.empty();
  }

  /** Empty for one that is not told what became of its alerts. */
  default Optional<Feedback> feedback() {
    return Optional.empty();
  }

  @Override
  default void close() {}
}
