package io.byteport.adapter.sql.model;

import java.time.Duration;

/**
 * A pool of PgBouncer's: one for each database and user.
 *
 * @param active clients that have a connection
 * @param waiting clients that wait for one
 * @param maxWait how long the first of them has waited
 */
public record Pool(
    String database,
    String user,
    PoolMode mode,
    int active,
    int waiting,
    int serverActive,
    int serverIdle,
    Duration maxWait) {}
