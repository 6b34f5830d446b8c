package io.byteport.engine.journal;

import io.byteport.engine.run.RunId;
import org.jspecify.annotations.Nullable;

/**
 * Something in a store that does not agree with something else.
 *
 * @param run which run it is about; null where it is about none
 * @param subject what was looked at: schema, journal, line, ledger, lock, letter or task
 */
public record StoreFinding(@Nullable RunId run, String subject, String message) {}
