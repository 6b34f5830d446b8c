package io.byteport.engine.intake;

import io.byteport.engine.signal.Signal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An episode to be written down.
 *
 * @param source the configured source's name
 * @param title what the source calls it
 * @param endedAt where it is the end of another one that is passed on; null while it fires
 * @param escalates whether a human hears of it where no runbook takes it
 * @param recorded why nothing is done about it; null where it is due
 */
public record Begun(
    EpisodeId id,
    String source,
    String title,
    Signal signal,
    Instant at,
    @Nullable Instant endedAt,
    boolean escalates,
    @Nullable String recorded) {}
