package io.byteport.adapter.kubernetes.model;

import java.time.Instant;

/**
 * What a component of the cluster has noted about an object.
 *
 * @param object kind, namespace and name, with slashes between
 * @param count how often it was seen
 * @param firstAt when it was first seen
 * @param at when it was last seen
 */
public record Event(
    EventType type,
    String reason,
    String message,
    String object,
    int count,
    Instant firstAt,
    Instant at) {}
