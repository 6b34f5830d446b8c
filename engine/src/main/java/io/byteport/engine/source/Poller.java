package io.byteport.engine.source;

import org.jspecify.annotations.Nullable;

/** Asks a source what there is. Keeps nothing between two questions. */
@FunctionalInterface
public interface Poller {

  /**
   * Asks once, all pages of it.
   *
   * @param cursor what the last answer that was taken in full gave; null the first time
   * @throws SourceException if it could not be asked, or not to the end; nothing of it is taken
   */
  Polled poll(@Nullable String cursor) throws SourceException, InterruptedException;
}
