package io.byteport.engine.journal;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a shared state is.
 *
 * @param jdbcUrl without credentials
 * @param connections how many this process opens at most; 2 at least
 * @param lease how long a process may count on its claims after it was last heard of, before others
 *     take its runs over; 1 s at least. Longer means a later takeover, shorter means that a busy
 *     process loses its runs sooner.
 */
public record StoreAddress(
    String jdbcUrl, String user, String password, int connections, Duration lease) {
  public static final int DEFAULT_CONNECTIONS = 12;
  public static final Duration DEFAULT_LEASE = Duration.ofSeconds(20);

  public StoreAddress {
    if (connections < 2) {
      throw new IllegalArgumentException("a store needs 2 connections at least");
    }
    if (lease.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("a lease is 1s at least");
    }
  }

  /**
   * Reads an address as PostgreSQL's own programs take it, such as {@code
   * postgresql://byteport:secret@db.example.com:5432/byteport?sslmode=require}.
   *
   * @throws IllegalArgumentException if it is none; the message does not hold the password
   * @see <a
   *     href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS">
   *     connection URIs</a>
   */
  public static StoreAddress parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw unreadable();
    }
    boolean known = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
    if (!known || uri.getHost() == null || uri.getPath() == null || uri.getPath().length() < 2) {
      throw unreadable();
    }
    String[] credentials =
        uri.getRawUserInfo() == null ? new String[] {""} : uri.getRawUserInfo().split(":", 2);
    List<String> options = new ArrayList<>();
    String user = decoded(credentials[0]);
    String password = credentials.length == 2 ? decoded(credentials[1]) : "";
    for (String option :
        uri.getRawQuery() == null ? new String[0] : uri.getRawQuery().split("&", -1)) {
      if (option.startsWith("password=")) {
        password = decoded(option.substring("password=".length()));
      } else if (option.startsWith("user=")) {
        user = decoded(option.substring("user=".length()));
      } else if (!option.isEmpty()) {
        options.add(option);
      }
    }
    String query = options.isEmpty() ? "" : "?" + String.join("&", options);
    int port = uri.getPort() < 0 ? 5432 : uri.getPort();
    return new StoreAddress(
        "jdbc:postgresql://" + uri.getHost() + ":" + port + uri.getRawPath() + query,
        user,
        password,
        DEFAULT_CONNECTIONS,
        DEFAULT_LEASE);
  }

  /** The same place with another password. */
  public StoreAddress withPassword(String other) {
    return new StoreAddress(jdbcUrl, user, other, connections, lease);
  }

  /** The same place with another number of connections. */
  public StoreAddress withConnections(int most) {
    return new StoreAddress(jdbcUrl, user, password, most, lease);
  }

  /** Whether a text is meant as an address, and not as a folder. */
  public static boolean isAddress(String text) {
    return text.startsWith("postgresql://") || text.startsWith("postgres://");
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException unreadable() {
    return new IllegalArgumentException(
        "expected the address of a PostgreSQL database, such as"
            + " postgresql://user:password@host:5432/database");
  }

  /** The address without its password. */
  @Override
  public String toString() {
    return jdbcUrl.substring("jdbc:".length()) + " as " + user;
  }
}
