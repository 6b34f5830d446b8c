package io.byteport.adapter.host.model;

import io.byteport.adapter.host.machine.Host;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One process: a pid alone is nobody, since pids are used again. */
public record ProcessRef(@Nullable Host host, long pid, Instant startedAt) {}
