package io.byteport.adapter.probes.tls;

/** What a stapled OCSP response says about the server's certificate. */
enum OcspStatus {
  /** Signed by the issuer or its delegate, current, and not revoked. */
  GOOD,
  REVOKED,
  /** Out of date, for another certificate, or not signed by whoever may. */
  INVALID
}
