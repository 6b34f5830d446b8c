package io.byteport.adapter.probes.tls;

import io.byteport.adapter.probes.Endpoint;
import io.byteport.adapter.probes.net.HostName;
import io.byteport.adapter.probes.net.PlainText;
import io.byteport.adapter.probes.net.TimeLimit;
import io.byteport.dsl.value.Quantities;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * Makes one TLS handshake and closes the connection; nothing is sent but the handshake. Any
 * certificate is taken as shown. Safe for several threads.
 */
final class Handshake {

  private Handshake() {}

  /**
   * @param serverName what is asked for by SNI, in ASCII; nothing is asked for if it is an IP
   *     address
   * @throws ActionException if there was no certificate to see: UNREACHABLE where nobody listens,
   *     no TLS is spoken or the handshake is refused, with the words of the other side, and TIMEOUT
   */
  static Served with(Endpoint endpoint, String serverName, Duration limit)
      throws ActionException, InterruptedException {
    String place = HostName.withPort(endpoint.host(), endpoint.port());
    try {
      return TimeLimit.within(limit, () -> shake(endpoint, serverName, limit));
    } catch (TimeoutException e) {
      throw new ActionException(
          FailureKind.TIMEOUT,
          ActionException.Effect.NONE,
          place + " did not complete a handshake within " + Quantities.print(limit),
          e);
    } catch (SSLException e) {
      throw unreachable(place + " made no TLS handshake: " + PlainText.words(e), e);
    } catch (UnknownHostException e) {
      throw unreachable("no address is known for " + endpoint.host(), e);
    } catch (IOException e) {
      throw unreachable(place + " cannot be reached: " + PlainText.words(e), e);
    }
  }

  private static ActionException unreachable(String message, IOException cause) {
    return new ActionException(
        FailureKind.UNREACHABLE, ActionException.Effect.NONE, message, cause);
  }

  private static Served shake(Endpoint endpoint, String serverName, Duration limit)
      throws IOException, ActionException {
    List<SNIServerName> names = names(serverName);
    ChainRecorder recorder = new ChainRecorder();
    try (Socket plain = connect(endpoint, limit);
        SSLSocket socket =
            (SSLSocket)
                context(recorder)
                    .getSocketFactory()
                    .createSocket(plain, endpoint.host(), endpoint.port(), true)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setServerNames(names);
      socket.setSSLParameters(parameters);
      try {
        socket.startHandshake();
      } catch (IOException e) {
        Served seen = recorder.seen();
        if (seen == null) {
          throw e;
        }
        return new Served(
            seen.chain(), seen.staples(), seen.protocol(), seen.cipher(), PlainText.words(e));
      }
      Served seen = recorder.seen();
      if (seen == null) {
        throw new SSLException("the server showed no certificate");
      }
      return seen;
    }
  }

  /** The first of its addresses that answers; the time is shared among them. */
  private static Socket connect(Endpoint endpoint, Duration limit) throws IOException {
    InetAddress[] addresses = InetAddress.getAllByName(endpoint.host());
    long each = Math.clamp(limit.toMillis() / addresses.length, 1, Integer.MAX_VALUE);
    IOException refusal = new ConnectException("there is no address to try");
    for (InetAddress address : addresses) {
      Socket socket = new Socket();
      try {
        socket.connect(new InetSocketAddress(address, endpoint.port()), (int) each);
        return socket;
      } catch (IOException e) {
        socket.close();
        refusal = e;
      }
    }
    throw refusal;
  }

  private static List<SNIServerName> names(String serverName) throws ActionException {
    if (HostName.isAddress(serverName)) {
      return List.of();
    }
    try {
      return List.of(new SNIHostName(serverName));
    } catch (IllegalArgumentException e) {
      throw ActionException.refused(
          FailureKind.INVALID, "`" + serverName + "` cannot be asked for in a handshake");
    }
  }

  private static SSLContext context(ChainRecorder recorder) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {recorder}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java speaks no TLS", e);
    }
  }
}
