package io.byteport.adapter.kubernetes.model;

import java.time.Duration;

/** How the kubelet asks a container whether it is well. */
public record Probe(
    Duration initialDelay, Duration period, Duration timeout, int failureThreshold) {}
