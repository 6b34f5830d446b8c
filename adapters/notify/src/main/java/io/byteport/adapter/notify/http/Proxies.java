package io.byteport.adapter.notify.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The way out through a proxy: that of {@code HTTPS_PROXY}, unless {@code NO_PROXY} names the host,
 * else that of the Java machine. This machine is always spoken to directly.
 */
final class Proxies extends ProxySelector {
  private final @Nullable URI proxy;
  private final List<String> direct;
  private final @Nullable ProxySelector otherwise;

  /**
   * @param environment with names in either case
   * @throws IllegalArgumentException if the proxy is no address
   */
  Proxies(Map<String, String> environment, @Nullable ProxySelector otherwise) {
    String written = variable(environment, "https_proxy");
    this.proxy =
        written.isEmpty()
            ? null
            : URI.create(written.contains("://") ? written : "http://" + written);
    this.direct =
        List.of(variable(environment, "no_proxy").toLowerCase(Locale.ROOT).split("[,\\s]+", -1));
    this.otherwise = otherwise;
  }

  private static String variable(Map<String, String> environment, String name) {
    String lower = environment.getOrDefault(name, "");
    return lower.isEmpty() ? environment.getOrDefault(name.toUpperCase(Locale.ROOT), "") : lower;
  }

  @Override
  public List<Proxy> select(URI uri) {
    String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    if (Destination.isLoopback(host) || direct.stream().anyMatch(name -> names(name, host))) {
      return List.of(Proxy.NO_PROXY);
    }
    if (proxy != null) {
      int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
      InetSocketAddress at = InetSocketAddress.createUnresolved(proxy.getHost(), port);
      return List.of(new Proxy(Proxy.Type.HTTP, at));
    }
    return otherwise == null ? List.of(Proxy.NO_PROXY) : otherwise.select(uri);
  }

  private static boolean names(String name, String host) {
    String suffix = name.startsWith(".") ? name.substring(1) : name;
    return !suffix.isEmpty()
        && (suffix.equals("*") || host.equals(suffix) || host.endsWith("." + suffix));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    if (proxy == null && otherwise != null) {
      otherwise.connectFailed(uri, address, failure);
    }
  }
}
