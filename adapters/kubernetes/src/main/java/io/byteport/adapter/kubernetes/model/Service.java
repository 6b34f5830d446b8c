package io.byteport.adapter.kubernetes.model;

/** What pods are reached by. */
public record Service(String namespace, String name) {}
