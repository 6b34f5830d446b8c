package io.byteport.adapter.cloud.compute;

/** An entry of the inventory, by its name. */
public record Cluster(String name) {}
