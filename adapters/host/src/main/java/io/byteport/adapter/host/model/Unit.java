package io.byteport.adapter.host.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A unit of systemd. */
public record Unit(String name, UnitState state, int restarts, @Nullable Instant since) {}
