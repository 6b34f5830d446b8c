package io.byteport.cli.world;

import io.byteport.sim.host.system.Lineages.Served;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Completes TLS handshakes on a free port of the loopback, and shows whatever is to be shown at the
 * time of each. Nothing is said after a handshake.
 */
final class CertificateServer implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int MOST_WAITING = 50;

  private final Supplier<Optional<Served>> shown;
  private final ServerSocket listener;

  /**
   * Starts it.
   *
   * @param shown asked by several threads; where it is empty, connections are closed
   */
  CertificateServer(Supplier<Optional<Served>> shown) throws IOException {
    this.shown = shown;
    this.listener = new ServerSocket(0, MOST_WAITING, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> answer(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void answer(Socket client) {
    try (client) {
      client.setSoTimeout(PATIENCE_MILLIS);
      Optional<Served> now = shown.get();
      if (now.isPresent()) {
        shake(client, now.get());
      }
    } catch (IOException gone) {
      // whoever asked has seen what there is to see, or gave up
    }
  }

  private static void shake(Socket client, Served served) throws IOException {
    SSLContext context = context(served);
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(client, null, true)) {
      socket.startHandshake();
      socket.getInputStream().skip(Long.MAX_VALUE);
    }
  }

  private static SSLContext context(Served served) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {new One(served)}, null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java speaks no TLS", e);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  /** Shows one certificate to everybody, whenever it ends. */
  private static final class One extends X509ExtendedKeyManager {
    private static final String ALIAS = "one";

    private final Served served;

    One(Served served) {
      this.served = served;
    }

    @Override
    public @Nullable String chooseServerAlias(
        String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return keyType.equals(served.key().getAlgorithm()) ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
        String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
      return chooseServerAlias(keyType, issuers, null);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return served.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return served.key();
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
      return new String[0];
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return null;
    }
  }
}
