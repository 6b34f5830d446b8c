package io.byteport.adapter.probes.http;

/** An HTTP server of the inventory, by name. */
record HttpService(String name) {}
