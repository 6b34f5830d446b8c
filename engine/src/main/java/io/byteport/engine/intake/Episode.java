package io.byteport.engine.intake;

import io.byteport.engine.signal.Signal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One time that an alert fires, as people see it.
 *
 * @param source the configured source's name
 * @param endedAt null while it fires
 * @param heard how often its source said that it fires
 * @param outcome null where nothing has become of it yet
 */
public record Episode(
    EpisodeId id,
    String source,
    String title,
    Signal signal,
    Instant beganAt,
    @Nullable Instant endedAt,
    Instant heardAt,
    long heard,
    @Nullable Outcome outcome) {}
