package io.byteport.adapter.kubernetes.model;

import org.jspecify.annotations.Nullable;

/**
 * How many of some pods may be away at a time.
 *
 * @param currentHealthy how many are there
 * @param desiredHealthy how many have to be
 * @param disruptionsAllowed how many more may go now
 */
public record Budget(
    @Nullable Cluster cluster,
    String namespace,
    String name,
    int currentHealthy,
    int desiredHealthy,
    int disruptionsAllowed) {}
