package io.byteport.adapter.probes;

import java.time.Duration;

/** Tries whether something accepts connections. Safe for several threads. */
public interface TcpDialer {

  /**
   * Connects, and closes at once.
   *
   * @param timeout how long to wait at most, for the name and the connection together where that can be bounded
   * @return false where the name is unknown, the connection refused, or nothing answers in time
   * @throws InterruptedException if it is no longer wanted
   */
  boolean connects(String host, int port, Duration timeout) throws InterruptedException;
}
