package io.byteport.adapter.host.model;

import java.time.Instant;

/** A line of a log. */
public record Line(Instant at, String text) {}
