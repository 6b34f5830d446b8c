package io.byteport.engine.run;

import java.time.Instant;

/**
 * One line of a run's journal: something that happened to the run, or something that the
 * interpreter concluded.
 */
public sealed interface JournalEntry permits Event, Note {

  /** When, by the engine's clock. */
  Instant at();
}
