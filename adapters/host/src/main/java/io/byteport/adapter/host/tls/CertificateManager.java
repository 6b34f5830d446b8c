package io.byteport.adapter.host.tls;

import io.byteport.engine.spi.Word;

/** The ACME client that renews a certificate. */
public enum CertificateManager {
  CERTBOT,
  @Word("acme.sh")
  ACME_SH
}
