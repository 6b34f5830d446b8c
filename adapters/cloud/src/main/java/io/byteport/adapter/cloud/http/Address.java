package io.byteport.adapter.cloud.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where a request goes: a configured base, and path segments and query parameters that may hold
 * anything. Each of them is encoded as RFC 3986 says (section 2.1; all but the unreserved
 * characters), so that a value stays one segment or one parameter. Immutable.
 *
 * @param base scheme, host and perhaps the beginning of the path, without a slash at the end
 * @param path what was added to the path, encoded; empty or with a slash at the start
 * @param query the parameters, encoded; empty or with a question mark at the start
 */
public record Address(String base, String path, String query) {
  private static final String HEX = "0123456789ABCDEF";

  public Address {
    if (!base.startsWith("https://") && !base.startsWith("http://")) {
      throw new IllegalArgumentException(
          "expected an address that begins with https:// or http://, found `" + base + "`");
    }
  }

  /**
   * @throws IllegalArgumentException if it is no http address, or has a user, a query or a fragment
   */
  public static Address of(String base) {
    String whole = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    URI uri = URI.create(whole);
    if (uri.getHost() == null
        || uri.getUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "expected an address with a host and without user, query and fragment");
    }
    return new Address(whole, "", "");
  }

  /**
   * Adds segments to the path.
   *
   * @throws IllegalArgumentException if one is empty, or a dot or two, which name another place
   */
  public Address at(String... segments) {
    StringBuilder longer = new StringBuilder(path);
    for (String segment : segments) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        throw new IllegalArgumentException("`" + segment + "` is no part of a path");
      }
      longer.append('/').append(encode(segment));
    }
    return new Address(base, longer.toString(), query);
  }

  /** Ends the path with a slash, for those servers that want one. */
  public Address folder() {
    return new Address(base, path + "/", query);
  }

  /** Ends the path with a verb after a colon, as Google's APIs write their own methods. */
  public Address verb(String word) {
    return new Address(base, path + ":" + encode(word), query);
  }

  /** Adds a query parameter; one without a value is left out. */
  public Address with(String name, @Nullable String value) {
    if (value == null) {
      return this;
    }
    return new Address(
        base, path, query + (query.isEmpty() ? "?" : "&") + encode(name) + "=" + encode(value));
  }

  public URI uri() {
    URI bare = URI.create(base);
    boolean root = path.isEmpty() && query.isEmpty() && bare.getRawPath().isEmpty();
    return root ? bare.resolve("/") : URI.create(base + path + query);
  }

  /** The path for messages, without the query. */
  String place() {
    String all = URI.create(base).getRawPath() + path;
    return all.isEmpty() ? "/" : all;
  }

  /** A text with all but the unreserved characters escaped, as a segment or a parameter. */
  public static String encode(String text) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xFF);
      if ((c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || c == '-'
          || c == '.'
          || c == '_'
          || c == '~') {
        encoded.append(c);
      } else {
        encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
      }
    }
    return encoded.toString();
  }
}
