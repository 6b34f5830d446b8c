package io.byteport.adapter.cloud.model;

import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One that holds memory: here an instance of a service. */
public record MemoryUser(
    String name,
    @Nullable String service,
    @Nullable WorkloadRef workload,
    @Nullable Long pid,
    @Nullable String command,
    DataSize rss,
    Percent percent,
    @Nullable Duration upFor) {}
