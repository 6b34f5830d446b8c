package io.byteport.adapter.host.acme;

import io.byteport.engine.spi.Word;

/** How control over a domain is shown (RFC 8555, section 8). */
enum Challenge {
  @Word("http-01")
  HTTP_01,
  @Word("dns-01")
  DNS_01;

  String word() {
    return this == HTTP_01 ? "http-01" : "dns-01";
  }
}
