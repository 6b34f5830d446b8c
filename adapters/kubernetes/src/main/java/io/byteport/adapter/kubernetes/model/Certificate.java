package io.byteport.adapter.kubernetes.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A certificate that cert-manager renews.
 *
 * @param kind always Certificate
 * @param secretName where it is kept
 * @param revision counts the times that it was issued
 * @param notAfter null until it was issued
 */
public record Certificate(
    @Nullable Cluster cluster,
    String kind,
    String namespace,
    String name,
    String secretName,
    boolean ready,
    int revision,
    @Nullable Instant notAfter) {}
