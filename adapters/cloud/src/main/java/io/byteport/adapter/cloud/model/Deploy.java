package io.byteport.adapter.cloud.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One release that went out. */
public record Deploy(
    @Nullable String sha,
    Instant at,
    @Nullable String by,
    @Nullable String url,
    @Nullable String revision) {}
