package io.byteport.adapter.probes.tls;

import java.time.Instant;

/** One certificate of a chain, for people. */
record ShownCertificate(String subject, String issuer, Instant notBefore, Instant notAfter) {}
