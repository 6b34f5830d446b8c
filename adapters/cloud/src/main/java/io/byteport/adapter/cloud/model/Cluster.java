package io.byteport.adapter.cloud.model;

/** An entry of the inventory, by its name. */
public record Cluster(String name) {}
