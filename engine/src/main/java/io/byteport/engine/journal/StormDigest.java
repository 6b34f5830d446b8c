package io.byteport.engine.journal;

import io.byteport.engine.run.RunId;
import java.time.Instant;

/**
 * What people are told together of runs that were held back by one storm.
 *
 * @param number of the digest in its store
 * @param dueAt when it is to be sent; earlier runs may have moved it
 * @param first the run with which it began, whose own report says that there is a storm
 */
public record StormDigest(
    long number, String scope, Instant openedAt, Instant dueAt, RunId first) {}
