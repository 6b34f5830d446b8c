package io.byteport.adapter.cloud.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The proxies of the variables HTTPS_PROXY, HTTP_PROXY and NO_PROXY (in lower case too), else those
 * of the Java machine. Metadata services and the machine itself are always asked directly.
 */
public final class EnvironmentProxies extends ProxySelector {
  private final Map<String, String> environment;
  private final @Nullable ProxySelector otherwise;

  public EnvironmentProxies(Map<String, String> environment, @Nullable ProxySelector otherwise) {
    this.environment = Map.copyOf(environment);
    this.otherwise = otherwise;
  }

  @Override
  public List<Proxy> select(URI uri) {
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    if (isNear(host) || isExcepted(host)) {
      return List.of(Proxy.NO_PROXY);
    }
    String configured = variable(uri.getScheme() + "_proxy");
    if (configured.isEmpty()) {
      return otherwise == null ? List.of(Proxy.NO_PROXY) : otherwise.select(uri);
    }
    URI proxy = URI.create(configured.contains("://") ? configured : "http://" + configured);
    int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
    return List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.getHost(), port)));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    if (otherwise != null) {
      otherwise.connectFailed(uri, address, failure);
    }
  }

  private static boolean isNear(String host) {
    return host.equals("localhost")
        || host.startsWith("127.")
        || host.equals("[::1]")
        || host.startsWith("169.254.")
        || host.equals("metadata.google.internal");
  }

  private boolean isExcepted(String host) {
    return Arrays.stream(variable("no_proxy").split(","))
        .map(name -> name.strip().toLowerCase(Locale.ROOT))
        .filter(name -> !name.isEmpty())
        .map(name -> name.startsWith(".") ? name.substring(1) : name)
        .anyMatch(name -> name.equals("*") || host.equals(name) || host.endsWith("." + name));
  }

  private String variable(String name) {
    String lower = environment.getOrDefault(name, "");
    return lower.isEmpty() ? environment.getOrDefault(name.toUpperCase(Locale.ROOT), "") : lower;
  }
}
