package io.byteport.adapter.probes;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Dials with the sockets of the machine that the agent runs on. */
final class SocketDialer implements TcpDialer {

  @Override
  public boolean connects(String host, int port, Duration timeout) throws InterruptedException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (address.isUnresolved()) {
      return false;
    }
    try (Socket socket = new Socket()) {
      socket.connect(address, (int) Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE));
      return true;
    } catch (IOException unreachable) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return false;
    }
  }
}
