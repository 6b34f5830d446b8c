package io.byteport.adapter.sql.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A client of PgBouncer's.
 *
 * @param application what it calls itself
 * @param client its address
 * @param waiting whether it waits for a connection
 * @param waitFor for how long; zero where it does not
 */
public record PoolClient(
    String database,
    String user,
    String application,
    @Nullable String client,
    boolean waiting,
    Duration waitFor) {}
