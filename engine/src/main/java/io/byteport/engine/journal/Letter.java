package io.byteport.engine.journal;

import io.byteport.engine.run.Event;

/**
 * An event that was left for a run.
 *
 * @param number of the store's, growing
 */
public record Letter(long number, Event event) {}
