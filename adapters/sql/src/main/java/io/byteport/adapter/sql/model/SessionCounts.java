package io.byteport.adapter.sql.model;

import java.time.Instant;

/** Sessions by state at one moment. */
public record SessionCounts(Instant at, int total, int active, int idle, int idleInTransaction) {}
