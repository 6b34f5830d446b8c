package io.byteport.adapter.kubernetes.model;

import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One that uses memory: a pod.
 *
 * @param name of the pod
 * @param service null: that is for hosts
 * @param workload what it belongs to, as far as the pod itself tells
 * @param pid null: that is for hosts
 * @param command null: that is for hosts
 * @param rss its working set
 * @param percent of the whole
 * @param upFor since it was started
 */
public record MemoryUser(
    String name,
    @Nullable String service,
    @Nullable WorkloadRef workload,
    @Nullable Integer pid,
    @Nullable String command,
    DataSize rss,
    Percent percent,
    @Nullable Duration upFor) {}
