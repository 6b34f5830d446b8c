package io.byteport.adapter.probes;

/** Where something may answer. */
public record Endpoint(String host, int port) {}
