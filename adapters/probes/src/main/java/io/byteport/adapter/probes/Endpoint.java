package io.byteport.adapter.probes;

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

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
