package io.byteport.adapter.probes.tls;

import io.byteport.adapter.probes.tls.Authority.Wish;
import java.io.IOException;

/** A server with a certificate, for the tests of other packages. */
public final class ServedCertificates implements AutoCloseable {
  private final TlsServer server;
  private final String root;

  private ServedCertificates(TlsServer server, String root) {
    this.server = server;
    this.root = root;
  }

  /** One for localhost that nobody trusts. */
  public static ServedCertificates ofAnUnknownAuthority() throws Exception {
    Authority nobody = Authority.root("CN=Nobody");
    return new ServedCertificates(
        TlsServer.showing(nobody.issue(Wish.of("localhost"))), TlsProbeTest.pem(nobody));
  }

  /** Its authority's certificate. */
  public String root() {
    return root;
  }

  public int port() {
    return server.port();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
