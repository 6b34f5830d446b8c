package io.byteport.adapter.host.model;

/** A cluster of the inventory. */
public record Cluster(String name) {}
