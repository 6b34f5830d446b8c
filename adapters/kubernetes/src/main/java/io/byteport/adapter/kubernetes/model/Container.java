package io.byteport.adapter.kubernetes.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A container as it runs, or does not.
 *
 * @param waitingReason why it does not run yet, or again; null while it does
 * @param terminatedReason why it ended, now or the last time
 * @param exitCode how it ended, likewise, just as the kubelet says: 137 is any SIGKILL, and only a
 *     reason of OOMKilled makes it certain that memory was the cause
 * @param lastStartedAt of the run that lasts, else of the last one
 */
public record Container(
    String name,
    String image,
    boolean ready,
    int restarts,
    @Nullable String waitingReason,
    @Nullable String terminatedReason,
    @Nullable Integer exitCode,
    @Nullable Instant lastStartedAt,
    @Nullable Probe livenessProbe,
    @Nullable Probe readinessProbe) {}
