package io.byteport.adapter.host.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A release. */
public record Deploy(
    @Nullable String sha,
    Instant at,
    @Nullable String by,
    @Nullable String url,
    @Nullable String revision) {}
