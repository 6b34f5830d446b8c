package io.byteport.adapter.probes.tls;

import io.byteport.adapter.probes.tls.Authority.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509TrustManager;

/** Completes handshakes on a free port of the loopback address, and remembers who was asked for. */
final class TlsServer implements AutoCloseable {
  private final SSLServerSocket listener;
  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

  /**
   * @param identities by server name; the one of the empty name is shown to all others
   */
  TlsServer(Map<String, Identity> identities, boolean wantsClientCertificate, String... protocols)
      throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        new KeyManager[] {new ByName(identities)}, new TrustManager[] {new NoClient()}, null);
    listener =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    listener.setNeedClientAuth(wantsClientCertificate);
    if (protocols.length > 0) {
      listener.setEnabledProtocols(protocols);
    }
    Thread.ofVirtual().start(this::accept);
  }

  static TlsServer showing(Identity identity) throws Exception {
    return new TlsServer(Map.of("", identity), false);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** The server name of the next handshake, which may yet have to end; a dash for one without. */
  String asked() throws InterruptedException {
    return String.valueOf(asked.poll(60, TimeUnit.SECONDS));
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        Thread.ofVirtual().start(() -> answer((SSLSocket) socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void answer(SSLSocket socket) {
    try (socket) {
      socket.startHandshake();
      ExtendedSSLSession session = (ExtendedSSLSession) socket.getSession();
      asked.add(name(session.getRequestedServerNames()));
      asked.add(socket.getInputStream().read() < 0 ? "(end)" : "(data)");
    } catch (IOException refused) {
      asked.add("(broken)");
    }
  }

  private static String name(List<SNIServerName> names) {
    return names.isEmpty() ? "-" : ((SNIHostName) names.getFirst()).getAsciiName();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private static final class ByName extends X509ExtendedKeyManager {
    private final Map<String, Identity> identities;

    ByName(Map<String, Identity> identities) {
      this.identities = identities;
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
      ExtendedSSLSession session = (ExtendedSSLSession) ((SSLSocket) socket).getHandshakeSession();
      String name = name(session.getRequestedServerNames());
      return identities.containsKey(name) ? name : identities.containsKey("") ? "" : null;
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
      return null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return identities.get(alias).chain().toArray(new X509Certificate[0]);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return identities.get(alias).key();
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
      return new String[0];
    }

    @Override
    public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
      return null;
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
      return identities.keySet().toArray(new String[0]);
    }
  }

  private static final class NoClient implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws java.security.cert.CertificateException {
      throw new java.security.cert.CertificateException("no client is trusted");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
