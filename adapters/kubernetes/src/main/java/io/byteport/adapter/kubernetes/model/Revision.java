package io.byteport.adapter.kubernetes.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of a workload's template.
 *
 * @param startedAt when it began to roll out
 * @param changeCause the annotation kubernetes.io/change-cause
 * @param commit the hash that the cause names
 * @param commitUrl the link to a commit that the cause holds
 * @param ciUrl the link to a build that the cause holds
 */
public record Revision(
    int number,
    Instant startedAt,
    String image,
    @Nullable String changeCause,
    @Nullable String commit,
    @Nullable String commitUrl,
    @Nullable String ciUrl) {}
