package io.byteport.engine.run;

import io.byteport.dsl.check.CheckedRunbook;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known of a run at one moment. Immutable; made by folding events, never stored.
 *
 * @param opened the first event; null before it
 */
public record RunState(CheckedRunbook runbook, Event.@Nullable Opened opened) {}
