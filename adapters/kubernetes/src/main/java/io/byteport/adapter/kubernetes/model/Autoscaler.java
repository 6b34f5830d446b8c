package io.byteport.adapter.kubernetes.model;

import org.jspecify.annotations.Nullable;

/**
 * What decides how many pods a workload has.
 *
 * @param kind always HorizontalPodAutoscaler
 * @param minimum of pods
 * @param maximum of pods
 * @param current how many pods it has counted last
 */
public record Autoscaler(
    @Nullable Cluster cluster,
    String kind,
    String namespace,
    String name,
    int minimum,
    int maximum,
    int current) {}
