package io.byteport.sim.kubernetes.scenario;

import java.time.Duration;

/** An HTTP probe of a container. */
public record ProbeSpec(
    String path,
    int port,
    Duration initialDelay,
    Duration period,
    Duration timeout,
    int failureThreshold) {}
