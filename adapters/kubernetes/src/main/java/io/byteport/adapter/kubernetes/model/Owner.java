package io.byteport.adapter.kubernetes.model;

/** The controller that made an object. */
public record Owner(String kind, String name) {}
