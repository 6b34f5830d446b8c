package io.byteport.adapter.host.acme;

import io.byteport.engine.spi.Word;

/** A program that speaks ACME. */
enum Client {
  CERTBOT,
  @Word("acme.sh")
  ACME_SH;

  AcmeProgram program() {
    return switch (this) {
      case CERTBOT -> new Certbot();
      case ACME_SH -> new AcmeSh();
    };
  }
}
