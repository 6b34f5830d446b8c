package io.byteport.adapter.kubernetes.model;

import org.jspecify.annotations.Nullable;

/** Names a node. */
public record NodeRef(@Nullable Cluster cluster, String name) {}
