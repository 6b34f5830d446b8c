package io.byteport.adapter.probes.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server showed in one handshake.
 *
 * @param chain as sent, the server's own certificate first; never empty
 * @param staples OCSP responses in DER, in the order of the chain; empty where none was stapled
 * @param protocol such as {@code TLSv1.3}
 * @param broken why the handshake ended after the certificates were shown, in the server's words;
 *     null where it was completed
 */
record Served(
    List<X509Certificate> chain,
    List<byte[]> staples,
    String protocol,
    String cipher,
    @Nullable String broken) {
  Served {
    chain = List.copyOf(chain);
    staples = List.copyOf(staples);
  }

  X509Certificate own() {
    return chain.getFirst();
  }
}
