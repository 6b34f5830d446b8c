package io.byteport.adapter.probes.tls;

/** An endpoint of the inventory, by name. */
record TlsEndpoint(String name) {}
