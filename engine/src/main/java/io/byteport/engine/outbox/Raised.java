package io.byteport.engine.outbox;

/**
 * An alert that a run is about.
 *
 * @param source the name of the source that raised it
 * @param fingerprint what the source knows it by
 */
public record Raised(String source, String fingerprint) {}
