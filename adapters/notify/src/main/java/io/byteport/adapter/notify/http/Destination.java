package io.byteport.adapter.notify.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a channel sends: https, or http on this machine. Nothing of it comes from a message. */
public record Destination(URI base) {

  /**
   * @throws IllegalArgumentException if it is no such address; the text does not repeat it, since
   *     it may be a secret
   */
  public static Destination of(String text) {
    URI uri;
    try {
      uri = new URI(text.strip());
    } catch (URISyntaxException wrong) {
      throw unusable("something that is no address", wrong);
    }
    if (uri.getHost() == null) {
      throw unusable("one without a host", null);
    }
    if (uri.getUserInfo() != null || uri.getRawFragment() != null) {
      throw unusable("one with a user or a fragment", null);
    }
    boolean safe = "https".equalsIgnoreCase(uri.getScheme());
    boolean near = "http".equalsIgnoreCase(uri.getScheme()) && isLoopback(uri.getHost());
    if (!safe && !near) {
      throw unusable("`" + uri.getScheme() + "` to a host that is not this machine", null);
    }
    return new Destination(uri);
  }

  private static IllegalArgumentException unusable(String found, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "expected an address such as `https://hooks.example.com/alerts`, found " + found, cause);
  }

  /** Whether a host is this machine, by its name alone. */
  public static boolean isLoopback(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.equals("[::1]")
        || name.equals("::1")
        || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  /** A place below this one. Segments hold anything and stay segments. */
  public URI at(String... segments) {
    String whole = base.toString();
    StringBuilder path =
        new StringBuilder(whole.endsWith("/") ? whole.substring(0, whole.length() - 1) : whole);
    for (String segment : segments) {
      path.append('/').append(encoded(segment));
    }
    return URI.create(path.toString());
  }

  /** As one segment of a path or one value of a query. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
