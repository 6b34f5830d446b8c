package io.byteport.adapter.kubernetes.model;

import org.jspecify.annotations.Nullable;

/** Names a workload. */
public record WorkloadRef(
    @Nullable Cluster cluster, WorkloadKind kind, String namespace, String name) {}
