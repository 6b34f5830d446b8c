package io.byteport.engine.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that a run did, or in a dry run would have done.
 *
 * @param step the step's id
 * @param text in the timeline's words
 * @param command what a person would type; null for a read
 */
public record Deed(Instant at, String step, String text, @Nullable String command) {}
