package io.byteport.engine.outbox;

import io.byteport.engine.run.Event;
import io.byteport.engine.run.RunReport;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When something is said.
 *
 * @param opened the run that it is said about
 * @param report how the run ended; null while it goes on
 * @param at when it is said
 */
public record Occasion(Event.Opened opened, @Nullable RunReport report, Instant at) {}
