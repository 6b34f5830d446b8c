package io.byteport.engine.journal;

import io.byteport.engine.run.Mode;
import io.byteport.engine.run.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line about a run.
 *
 * @param classId null until classified
 * @param result null while it goes on
 * @param imported whether it was read from a file as evidence, and happened elsewhere
 */
public record RunSummary(
    RunId id,
    String runbook,
    String signal,
    String target,
    Mode mode,
    Instant openedAt,
    @Nullable String classId,
    @Nullable String result,
    @Nullable String reason,
    @Nullable Instant finishedAt,
    boolean imported) {}
