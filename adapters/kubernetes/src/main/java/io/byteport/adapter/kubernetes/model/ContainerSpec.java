package io.byteport.adapter.kubernetes.model;

import io.byteport.dsl.value.DataSize;
import org.jspecify.annotations.Nullable;

/**
 * A container as a workload's template describes it.
 *
 * @param originalMemoryLimit the limit before our first raise; else {@code memoryLimit}
 */
public record ContainerSpec(
    String name,
    String image,
    @Nullable DataSize memoryLimit,
    @Nullable DataSize memoryRequest,
    @Nullable DataSize originalMemoryLimit,
    @Nullable Probe livenessProbe,
    @Nullable Probe readinessProbe) {}
