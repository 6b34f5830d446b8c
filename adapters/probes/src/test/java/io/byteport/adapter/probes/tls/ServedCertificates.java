package io.byteport.adapter.probes.tls;

import io.byteport.adapter.probes.tls.Authority.Wish;
import java.io.IOException;

/** A server with a certificate, for the tests of other packages. */
public final class ServedCertificates implements AutoCloseable {
  private final TlsServer server;

  private ServedCertificates(TlsServer server) {
    this.server = server;
  }

  /** One for localhost that nobody trusts. */
  public static ServedCertificates ofAnUnknownAuthority() throws Exception {
    return new ServedCertificates(
        TlsServer.showing(Authority.root("CN=Nobody").issue(Wish.of("localhost"))));
  }

  public int port() {
    return server.port();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
