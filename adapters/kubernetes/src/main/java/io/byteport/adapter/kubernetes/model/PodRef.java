package io.byteport.adapter.kubernetes.model;

import org.jspecify.annotations.Nullable;

/** Names a pod. */
public record PodRef(@Nullable Cluster cluster, String namespace, String name) {}
