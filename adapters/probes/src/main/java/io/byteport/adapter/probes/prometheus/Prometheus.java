package io.byteport.adapter.probes.prometheus;

/** A server of the inventory, by name. */
record Prometheus(String name) {}
