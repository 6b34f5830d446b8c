package io.byteport.adapter.kubernetes.model;

import org.jspecify.annotations.Nullable;

/** What keeps pods off a node. */
public record Taint(String key, @Nullable String value, TaintEffect effect) {}
