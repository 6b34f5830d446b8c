package io.byteport.adapter.probes.http;

import io.byteport.adapter.probes.net.PlainText;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A server of the inventory that is spoken to over HTTP, with its credentials: a {@code token}, or
 * {@code username} and {@code password}. They are sent to its own address only.
 *
 * @param caFile the setting of that name: a PEM file with the roots that its certificate must come
 *     from
 */
public record Service(Inventory.Entry entry, URI address, @Nullable String caFile) {

  /**
   * The server that an entry describes.
   *
   * @throws ActionException if it has no address that is one; INVALID
   */
  public static Service of(Inventory.Entry entry) throws ActionException {
    String written = entry.text("address").orElse("");
    return new Service(entry, parse(written), entry.text("caFile").orElse(null));
  }

  /**
   * An address of http or https, without a user in it.
   *
   * @throws ActionException if it is none; INVALID
   */
  static URI parse(String written) throws ActionException {
    try {
      URI uri = new URI(written);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      if ((scheme.equals("http") || scheme.equals("https"))
          && uri.getHost() != null
          && uri.getRawUserInfo() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw notOne(written);
    }
    throw notOne(written);
  }

  private static ActionException notOne(String written) {
    return ActionException.refused(
        FailureKind.INVALID,
        "expected an address such as `https://host:port/path` without a user in it, found `"
            + PlainText.line(written, 200)
            + "`");
  }

  /** Whether both have the same scheme, host and port. */
  static boolean isSameOrigin(URI one, URI other) {
    return one.getScheme().equalsIgnoreCase(other.getScheme())
        && one.getHost().equalsIgnoreCase(other.getHost())
        && port(one) == port(other);
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
  }

  /** An address below the server's own, whose path is kept as a prefix. */
  public URI below(String path) {
    String base = address.toString();
    return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
  }

  /**
   * Adds the credentials to a request to the server's own address; nothing to any other.
   *
   * @throws ActionException if they cannot be read, or cannot be sent
   */
  public void authorize(HttpRequest.Builder request, URI to) throws ActionException {
    if (!isSameOrigin(address, to)) {
      return;
    }
    @Nullable String header = header();
    if (header != null) {
      if (header.chars().anyMatch(c -> c < ' ' || c > '~')) {
        throw ActionException.refused(
            FailureKind.INVALID,
            "the credentials of `" + entry.name() + "` hold characters that no header may hold");
      }
      request.setHeader("Authorization", header);
    }
  }

  private @Nullable String header() throws ActionException {
    Secret token = entry.credentials().get("token");
    if (token != null) {
      return "Bearer " + token.reveal().strip();
    }
    Secret username = entry.credentials().get("username");
    Secret password = entry.credentials().get("password");
    if (username == null || password == null) {
      return null;
    }
    String pair = username.reveal().strip() + ":" + password.reveal().strip();
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
