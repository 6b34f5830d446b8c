package io.byteport.adapter.sql.model;

import java.time.Duration;

/**
 * What PgBouncer has counted for one database.
 *
 * @param queries since it started
 * @param averageQuery of the last period
 * @param averageWait of the last period
 */
public record PoolStatistics(
    String database, long queries, Duration averageQuery, Duration averageWait) {}
