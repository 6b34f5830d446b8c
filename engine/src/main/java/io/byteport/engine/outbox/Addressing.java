package io.byteport.engine.outbox;

import io.byteport.engine.run.RunReport.Notification;
import java.util.List;
import java.util.function.Supplier;

/** Knows who is to be told of what. Safe for several threads. */
@FunctionalInterface
public interface Addressing {

  /** Who is told of a notice, and in which words. */
  Addressed address(Occasion occasion, Notification notice);

  /**
   * What the sources of a run that has ended are told; empty for nothing.
   *
   * @param alerts what the run is about; does I/O, and is asked only where a source may be told
   */
  default List<Envelope> feedback(Occasion end, Supplier<List<Raised>> alerts) {
    return List.of();
  }
}
