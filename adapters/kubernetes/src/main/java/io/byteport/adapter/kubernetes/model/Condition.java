package io.byteport.adapter.kubernetes.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an object says of its own state.
 *
 * @param since when the status last changed
 */
public record Condition(
    String type,
    ConditionStatus status,
    @Nullable String reason,
    @Nullable String message,
    Instant since) {}
