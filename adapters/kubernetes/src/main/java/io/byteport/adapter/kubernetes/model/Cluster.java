package io.byteport.adapter.kubernetes.model;

/** An entry of the inventory, by its name. */
public record Cluster(String name) {}
