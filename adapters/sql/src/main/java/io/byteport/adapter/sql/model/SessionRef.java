package io.byteport.adapter.sql.model;

import java.time.Instant;

/**
 * Which session is meant, and what it was at when it was looked at.
 *
 * @param stateSince a session that has moved on since is another matter, and left alone
 */
public record SessionRef(
    long pid, Instant startedAt, Instant stateSince, String user, String application) {}
