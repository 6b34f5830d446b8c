package io.byteport.adapter.probes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;

/** Dials with the sockets of the machine that the agent runs on. A name with several addresses answers if one of them does. */
final class SocketDialer implements TcpDialer {

  @Override
  public boolean connects(String host, int port, Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    InetAddress[] addresses;
    try {
      addresses = InetAddress.getAllByName(host);
    } catch (UnknownHostException unknown) {
      return false;
    }
    for (InetAddress address : addresses) {
      long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
      if (left > 0 && connects(new InetSocketAddress(address, port), left)) {
        return true;
      }
    }
    return false;
  }

  private static boolean connects(InetSocketAddress address, long millis)
      throws InterruptedException {
    try (Socket socket = new Socket()) {
      socket.connect(address, Math.clamp(millis, 1, Integer.MAX_VALUE));
      return true;
    } catch (IOException unreachable) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return false;
    }
  }
}
