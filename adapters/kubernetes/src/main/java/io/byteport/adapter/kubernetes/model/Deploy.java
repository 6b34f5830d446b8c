package io.byteport.adapter.kubernetes.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was rolled out last.
 *
 * @param sha the commit, where somebody wrote it down
 * @param by null: the cluster does not know
 * @param url of the commit, else of the build
 * @param revision the cluster's number for it
 */
public record Deploy(
    @Nullable String sha,
    Instant at,
    @Nullable String by,
    @Nullable String url,
    @Nullable String revision) {}
