package io.byteport.adapter.cloud.compute;

import org.jspecify.annotations.Nullable;

/** Where in a cloud something is, as far as it is known. */
public record Place(@Nullable String region, @Nullable String zone, @Nullable String project) {}
