package io.byteport.adapter.probes.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what a server shows and accepts it, so that a certificate that nobody should trust
 * can be looked at. Only for handshakes over which nothing is sent. For one handshake, on one
 * thread.
 */
final class ChainRecorder extends X509ExtendedTrustManager {
  private @Nullable Served seen;

  /** What was shown so far. */
  @Nullable Served seen() {
    return seen;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
    SSLSession session = socket instanceof SSLSocket tls ? tls.getHandshakeSession() : null;
    List<byte[]> staples =
        session instanceof ExtendedSSLSession extended ? extended.getStatusResponses() : List.of();
    seen =
        new Served(
            List.of(chain),
            staples.stream().filter(staple -> staple.length > 0).toList(),
            session == null ? "" : session.getProtocol(),
            session == null ? "" : session.getCipherSuite(),
            null);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("handshakes are made over sockets");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("handshakes are made over sockets");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw noServer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw noServer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw noServer();
  }

  private static CertificateException noServer() {
    return new CertificateException("this is a client");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
