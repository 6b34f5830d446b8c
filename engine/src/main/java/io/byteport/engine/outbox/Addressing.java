package io.byteport.engine.outbox;

import io.byteport.engine.run.RunReport.Notification;
import java.util.Optional;

/** Knows who is to be told of what. Does no I/O. Safe for several threads. */
@FunctionalInterface
public interface Addressing {

  /** Who is told of a notice, and in which words. */
  Addressed address(Occasion occasion, Notification notice);

  /** What the source of a run that has ended is told; empty for nothing. */
  default Optional<Envelope> feedback(Occasion end) {
    return Optional.empty();
  }
}
