package io.byteport.adapter.kubernetes.model;

/** A pod behind a Service. */
public record ServiceEndpoint(String namespace, String service, String pod, boolean ready) {}
