package io.byteport.adapter.probes;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Opens a TCP connection and closes it at once. Safe for several threads. */
@FunctionalInterface
public interface TcpDialer {

  /**
   * Connects.
   *
   * @throws IOException if nothing accepts the connection within the time, the name is not known,
   *     or there is no way there
   */
  void dial(Endpoint endpoint, Duration timeout) throws IOException;

  /** Over the machine's own network. */
  static TcpDialer network() {
    return (endpoint, timeout) -> {
      InetSocketAddress address = new InetSocketAddress(endpoint.host(), endpoint.port());
      if (address.isUnresolved()) {
        throw new IOException("no address is known for " + endpoint.host());
      }
      try (Socket socket = new Socket()) {
        socket.connect(address, Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE));
      }
    };
  }
}
