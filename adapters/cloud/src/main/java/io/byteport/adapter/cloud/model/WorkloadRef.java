package io.byteport.adapter.cloud.model;

import org.jspecify.annotations.Nullable;

/** A workload of a cluster. */
public record WorkloadRef(
    @Nullable Cluster cluster, WorkloadKind kind, String namespace, String name) {}
