package io.byteport.adapter.probes;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;

/**
 * An address that something may listen on.
 *
 * @param host a name or an IP address
 * @param port from 1 to 65535
 */
public record Endpoint(String host, int port) {
  public Endpoint {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a port is from 1 to 65535, found " + port);
    }
  }

  /**
   * An endpoint from an address that was not checked before.
   *
   * @throws ActionException if the port is none; INVALID
   */
  public static Endpoint of(String host, int port) throws ActionException {
    if (port < 1 || port > 65_535) {
      throw ActionException.refused(
          FailureKind.INVALID, "a port is from 1 to 65535, found " + port);
    }
    return new Endpoint(host, port);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
