package io.byteport.adapter.host.model;

import org.jspecify.annotations.Nullable;

/** A workload of a cluster; on a machine there is none. */
public record WorkloadRef(
    @Nullable Cluster cluster, WorkloadKind kind, String namespace, String name) {}
